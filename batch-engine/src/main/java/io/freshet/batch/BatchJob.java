package io.freshet.batch;

import io.freshet.batch.materialize.Materialized;
import io.freshet.batch.materialize.Materializer;
import io.freshet.batch.run.RunStage;
import io.freshet.batch.source.SourceEvents;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import org.apache.spark.sql.SparkSession;

/** A batch run: takes the source's events in, then materializes the tick's views from them. */
public final class BatchJob {
  private BatchJob() {}

  /**
   * Exits as {@link RunProgram#execute} says.
   *
   * @param arguments the path of a file with a {@link BatchRunPlan} as JSON
   */
  public static void main(String[] arguments) {
    new RunProgram<>(
            "batch",
            BatchRunPlan.class,
            BatchRunPlan::runId,
            BatchRunPlan::resultFile,
            BatchJob::run)
        .execute(arguments);
  }

  static BatchRunResult run(SparkSession spark, BatchRunPlan plan) {
    RunStage.ARCHIVE.enter(spark);
    SourceEvents events = SourceEvents.takenIn(spark, plan);
    Materialized materialized =
        Materializer.materialize(spark, plan, events.table(), events.rejected());
    long rejected = events.counts().rejected() + materialized.failedEvents();
    return new BatchRunResult(
        plan.runId(), plan.asOfMillis(), events.counts().events(), rejected, materialized.views());
  }
}
