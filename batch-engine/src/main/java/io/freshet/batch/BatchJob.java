package io.freshet.batch;

import io.freshet.batch.materialize.Materialized;
import io.freshet.batch.materialize.Materializer;
import io.freshet.batch.run.RunReport;
import io.freshet.batch.run.RunStage;
import io.freshet.batch.run.Supervision;
import io.freshet.batch.source.SourceEvents;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import org.apache.spark.sql.SparkSession;

/** A batch run: takes the source's events in, then materializes the tick's views from them. */
public final class BatchJob {
  private BatchJob() {}

  /**
   * Exits with 0 when the run is done and its result written, else with 1.
   *
   * @param arguments the path of a file with a {@link BatchRunPlan} as JSON
   */
  public static void main(String[] arguments) {
    try {
      Supervision.begin();
      BatchRunPlan plan = RunFiles.plan(arguments, BatchRunPlan.class);
      try (SparkSession spark = BatchSession.open("freshet-batch-" + plan.runId())) {
        RunReport.begin(spark, plan.runId(), plan.resultFile());
        RunFiles.write(plan.resultFile(), run(spark, plan));
      }
    } catch (Throwable e) { // Spark throws checked ones undeclared; an error must end the run too.
      System.err.println("Batch run failed: " + Failures.oneLine(e));
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
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
