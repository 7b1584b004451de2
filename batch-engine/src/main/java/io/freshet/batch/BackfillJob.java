package io.freshet.batch;

import io.freshet.batch.backfill.Backfill;
import io.freshet.plan.BackfillPlan;

/**
 * Computes the rows that views would have had at past ticks, or what that costs. It must not run
 * beside another run of the source.
 */
public final class BackfillJob {
  private BackfillJob() {}

  /**
   * Exits as {@link RunProgram#execute} says.
   *
   * @param arguments the path of a file with a {@link BackfillPlan} as JSON
   */
  public static void main(String[] arguments) {
    new RunProgram<>(
            "backfill",
            BackfillPlan.class,
            BackfillPlan::runId,
            BackfillPlan::resultFile,
            Backfill::run)
        .execute(arguments);
  }
}
