package io.freshet.platform.reconcile;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What operators asked for streaming jobs, beside the settings. */
@Component
public class StreamSettingTable {
  private static final String BY_KEY =
      " where project = :project and source = :source and delivery = :delivery";

  private final JdbcClient database;
  private final FlinkSettings settings;

  StreamSettingTable(JdbcClient database, FlinkSettings settings) {
    this.database = database;
    this.settings = settings;
  }

  /** What was asked for, or else what the settings say. */
  public int parallelism(JobKey key) {
    return bind("select parallelism from stream_setting" + BY_KEY, key)
        .query(Integer.class)
        .optional()
        .orElse(settings.parallelism());
  }

  @Transactional
  public void parallelism(JobKey key, int parallelism) {
    forget(key);
    bind(
            "insert into stream_setting (project, source, delivery, parallelism)"
                + " values (:project, :source, :delivery, :parallelism)",
            key)
        .param("parallelism", parallelism)
        .update();
  }

  /** The settings hold again. */
  void forget(JobKey key) {
    bind("delete from stream_setting" + BY_KEY, key).update();
  }

  private JdbcClient.StatementSpec bind(String sql, JobKey key) {
    return database
        .sql(sql)
        .param("project", key.project())
        .param("source", key.source())
        .param("delivery", key.delivery().name());
  }
}
