package io.freshet.platform.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.BackfillPlan;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The batch runs that compute past ticks: each takes its turn among those of its source. */
@Component
public class BackfillRuns {
  private final JdbcClient database;
  private final BatchRunTable table;
  private final Clock clock;

  BackfillRuns(JdbcClient database, BatchRunTable table, Clock clock) {
    this.database = database;
    this.table = table;
    this.clock = clock;
  }

  /**
   * Stores that a backfill is wanted; its run starts within seconds, or after those of the source
   * that wait already.
   *
   * @param plan settled but for the run's name and result file
   */
  @Transactional
  public BatchRun request(BackfillPlan plan) {
    String id =
        table.request(
            new SourceName(plan.source().project(), plan.source().name()),
            BatchRun.BACKFILL_TIER,
            Cause.BACKFILL,
            null,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    database
        .sql("update batch_run set plan_json = :plan where id = :id")
        .param("plan", new String(new RunPlan.Backfill(plan).json(), UTF_8))
        .param("id", id)
        .update();
    return table.find(id).orElseThrow();
  }
}
