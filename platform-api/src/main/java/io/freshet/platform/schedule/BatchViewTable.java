package io.freshet.platform.schedule;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.schedule.StartedViews.Start;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The newest run of each view: what it was started for, and whether one of its epoch succeeded. */
@Component
class BatchViewTable {
  private final JdbcClient database;

  BatchViewTable(JdbcClient database) {
    this.database = database;
  }

  StartedViews started() {
    return new StartedViews(
        database
            .sql("select view, as_of, epoch from batch_view")
            .query(
                (row, index) -> Map.entry(row.getInt(1), new Start(row.getLong(2), row.getInt(3))))
            .list()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The newest epoch that a run of the view has succeeded in, or 0. */
  int doneEpoch(int view) {
    return database
        .sql("select coalesce(max(done_epoch), 0) from batch_view where view = :view")
        .param("view", view)
        .query(Integer.class)
        .single();
  }

  void noteStart(ViewPlan view, long asOfMillis) {
    int updated =
        database
            .sql(
                "update batch_view set"
                    + " as_of = case when epoch = :epoch then greatest(as_of, :asOf) else :asOf end,"
                    + " epoch = :epoch where view = :view")
            .param("asOf", asOfMillis)
            .param("epoch", view.epoch())
            .param("view", view.number())
            .update();
    if (updated == 0) {
      database
          .sql("insert into batch_view (view, as_of, epoch) values (:view, :asOf, :epoch)")
          .param("asOf", asOfMillis)
          .param("epoch", view.epoch())
          .param("view", view.number())
          .update();
    }
  }

  void noteDone(ViewPlan view) {
    database
        .sql("update batch_view set done_epoch = greatest(done_epoch, :epoch) where view = :view")
        .param("epoch", view.epoch())
        .param("view", view.number())
        .update();
  }
}
