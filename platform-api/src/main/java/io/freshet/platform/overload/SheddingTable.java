package io.freshet.platform.overload;

import io.freshet.platform.reconcile.JobKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When views of a job were last shed or recovered, so that replicas do so one after the other. */
@Component
class SheddingTable {
  private static final String BY_KEY =
      " where project = :project and source = :source and delivery = :delivery";

  private final JdbcClient database;

  SheddingTable(JdbcClient database) {
    this.database = database;
  }

  Optional<Instant> actedAt(JobKey key) {
    return bind("select acted_at from stream_shedding" + BY_KEY, key)
        .query(OffsetDateTime.class)
        .optional()
        .map(OffsetDateTime::toInstant);
  }

  /**
   * Claims the next action.
   *
   * @param seen when the last one was, as the caller knows, or null
   * @return false if another replica was quicker
   */
  boolean claim(JobKey key, @Nullable Instant seen, Instant now) {
    if (seen != null) {
      return bind(
                  "update stream_shedding set acted_at = :now" + BY_KEY + " and acted_at = :seen",
                  key)
              .param("seen", seen.atOffset(ZoneOffset.UTC))
              .param("now", now.atOffset(ZoneOffset.UTC))
              .update()
          > 0;
    }
    try {
      bind(
              "insert into stream_shedding (project, source, delivery, acted_at)"
                  + " values (:project, :source, :delivery, :now)",
              key)
          .param("now", now.atOffset(ZoneOffset.UTC))
          .update();
      return true;
    } catch (DuplicateKeyException another) {
      return false;
    }
  }

  private JdbcClient.StatementSpec bind(String sql, JobKey key) {
    return database
        .sql(sql)
        .param("project", key.project())
        .param("source", key.source())
        .param("delivery", key.delivery().name());
  }
}
