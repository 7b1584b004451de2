package io.freshet.batch;

import io.freshet.batch.consistency.Comparison;
import io.freshet.batch.consistency.ServedSample;
import io.freshet.batch.run.RunStage;
import io.freshet.batch.source.SourceEvents;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.Rows;
import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.ConsistencyResult;
import io.freshet.store.OnlineStore;
import io.freshet.store.redis.RedisOnlineStore;
import io.freshet.store.redis.RedisSettings;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * A consistency check: reads a sample of what the online store serves, takes the source's events
 * in, and compares the rows with what the events say. The order matters: what a row has counted
 * when it is read is in the topic, and so in the archive afterwards. It must not run beside another
 * run of the source.
 */
public final class ConsistencyJob {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

  private ConsistencyJob() {}

  /**
   * Exits as {@link RunProgram#execute} says.
   *
   * @param arguments the path of a file with a {@link ConsistencyPlan} as JSON
   */
  public static void main(String[] arguments) {
    new RunProgram<>(
            "consistency",
            ConsistencyPlan.class,
            ConsistencyPlan::runId,
            ConsistencyPlan::resultFile,
            ConsistencyJob::run)
        .execute(arguments);
  }

  static ConsistencyResult run(SparkSession spark, ConsistencyPlan plan) {
    RedisSettings patient = RedisSettings.DEFAULTS.withReadTimeout(READ_TIMEOUT);
    try (OnlineStore store = RedisOnlineStore.open(plan.onlineStore(), patient)) {
      RunStage.CONSISTENCY.enter(spark);
      ServedSample served = ServedSample.read(store, plan);
      RunStage.ARCHIVE.enter(spark);
      BatchRunPlan reading = reading(plan);
      SourceEvents events = SourceEvents.takenIn(spark, reading);
      RunStage.CONSISTENCY.enter(spark);
      return new ConsistencyResult(
          plan.runId(),
          plan.sampleOneIn(),
          events.counts().events(),
          new Comparison(spark, plan, reading, events.table(), served).results(store));
    }
  }

  /** A run that takes events in and serves nothing. */
  private static BatchRunPlan reading(ConsistencyPlan plan) {
    return new BatchRunPlan(
        plan.runId(),
        plan.source(),
        List.of(),
        plan.nowMillis(),
        0,
        plan.bootstrapServers(),
        plan.onlineStore(),
        plan.warehouse(),
        Rows.CHANGED,
        plan.deadLetters(),
        plan.resultFile());
  }
}
