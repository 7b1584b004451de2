package io.freshet.batch;

import io.freshet.batch.archive.ArchiveCounts;
import io.freshet.batch.archive.ArchiveRun;
import io.freshet.batch.archive.ArchiveTables;
import io.freshet.batch.archive.TopicArchiver;
import io.freshet.batch.handover.CheckedCuts;
import io.freshet.batch.handover.HandOverRun;
import io.freshet.batch.run.RunStage;
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
   * Exits as {@link RunProgram#execute} says.
   *
   * @param arguments the path of a file with a {@link HandOverPlan} as JSON
   */
  public static void main(String[] arguments) {
    new RunProgram<>(
            "hand-over",
            HandOverPlan.class,
            HandOverPlan::runId,
            HandOverPlan::resultFile,
            HandOverJob::run)
        .execute(arguments);
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
