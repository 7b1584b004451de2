package io.freshet.platform.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.Tier;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.platform.routing.RoutingPolicy;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.serving.ServingDelay;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The batch runs that make training sets: one of a project at a time. */
@Component
public class TrainingSetRuns {
  private static final int MEASURED_RUNS = 20;

  private final JdbcClient database;
  private final BatchRunTable table;
  private final RoutingPolicy policy;
  private final Clock clock;

  TrainingSetRuns(JdbcClient database, BatchRunTable table, RoutingPolicy policy, Clock clock) {
    this.database = database;
    this.table = table;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Stores that a training set is wanted; its run starts within seconds, or after those of the
   * project that wait already.
   *
   * @param plan settled but for the run's name and result file
   */
  @Transactional
  public BatchRun request(String project, TrainingSetPlan plan) {
    String id =
        table.request(
            new SourceName(project, BatchRun.TRAINING_SET_TIER),
            BatchRun.TRAINING_SET_TIER,
            Cause.TRAINING_SET,
            null,
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    database
        .sql("update batch_run set plan_json = :plan where id = :id")
        .param("plan", new String(new RunPlan.TrainingSet(plan).json(), UTF_8))
        .param("id", id)
        .update();
    return table.find(id).orElseThrow();
  }

  /**
   * How long the newest ticks of a source and tier took: the medians. Where none has run, what the
   * router allows.
   *
   * @param tier of the batch engine
   */
  public ServingDelay delay(SourceName source, Tier tier) {
    List<Ran> ran = newest(source, tier);
    if (ran.isEmpty()) {
      long allowed = policy.runAllowance().toMillis();
      return new ServingDelay(Math.min(RunPlans.GRACE.toMillis(), allowed), allowed);
    }
    return new ServingDelay(
        median(ran.stream().map(Ran::archiveMillis).toList()),
        median(ran.stream().map(Ran::onlineMillis).toList()));
  }

  private List<Ran> newest(SourceName source, Tier tier) {
    return database
        .sql(
            "select as_of, started_at, finished_at from batch_run where project = :project"
                + " and source = :source and tier = :tier and cause = 'TICK'"
                + " and state = 'SUCCEEDED' order by as_of desc limit :limit")
        .param("project", source.project())
        .param("source", source.source())
        .param("tier", tier.wireName())
        .param("limit", MEASURED_RUNS)
        .query(
            (row, index) ->
                Ran.of(
                    row.getLong("as_of"),
                    row.getObject("started_at", OffsetDateTime.class),
                    row.getObject("finished_at", OffsetDateTime.class)))
        .list();
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
  }

  /** After its tick a run began to read, and was done. */
  private record Ran(long archiveMillis, long onlineMillis) {
    static Ran of(long asOfMillis, OffsetDateTime started, OffsetDateTime finished) {
      long archive = Math.max(0, started.toInstant().toEpochMilli() - asOfMillis);
      return new Ran(archive, Math.max(archive, finished.toInstant().toEpochMilli() - asOfMillis));
    }
  }
}
