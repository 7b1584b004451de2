package io.freshet.batch;

import io.freshet.batch.archive.ArchiveCounts;
import io.freshet.batch.archive.ArchiveRun;
import io.freshet.batch.archive.ArchiveTables;
import io.freshet.batch.archive.TopicArchiver;
import io.freshet.batch.handover.CheckedCuts;
import io.freshet.batch.handover.HandOverRun;
import io.freshet.batch.run.RunReport;
import io.freshet.batch.run.RunStage;
import io.freshet.batch.run.Supervision;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.HandOverResult;
import org.apache.spark.sql.SparkSession;

/**
 * A hand-over run: archives the source's new events, then hands those before their cuts over to
 * lanes of the streaming engine. It must not run beside another run of the source.
 */
public final class HandOverJob {
  private HandOverJob() {}

  /**
   * Exits with 0 when the run is done and its result written, else with 1.
   *
   * @param arguments the path of a file with a {@link HandOverPlan} as JSON
   */
  public static void main(String[] arguments) {
    try {
      Supervision.begin();
      HandOverPlan plan = RunFiles.plan(arguments, HandOverPlan.class);
      try (SparkSession spark = BatchSession.open("freshet-hand-over-" + plan.runId())) {
        RunReport.begin(spark, plan.runId(), plan.resultFile());
        RunFiles.write(plan.resultFile(), run(spark, plan));
      }
    } catch (Throwable e) { // Spark throws checked ones undeclared; an error must end it too.
      System.err.println("Hand-over failed: " + Failures.oneLine(e));
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }

  static HandOverResult run(SparkSession spark, HandOverPlan plan) {
    CheckedCuts.check(plan);
    ArchiveRun archive = ArchiveRun.of(plan);
    RunStage.ARCHIVE.enter(spark);
    ArchiveTables tables = ArchiveTables.ensured(spark, archive);
    ArchiveCounts archived = TopicArchiver.archive(spark, archive, tables);
    RunStage.HAND_OVER.enter(spark);
    return new HandOverResult(
        plan.runId(), archived.events(), HandOverRun.send(spark, plan, tables.archive()));
  }
}
