package io.freshet.batch.backfill;

import io.freshet.batch.run.RunStage;
import io.freshet.batch.source.EventTable;
import io.freshet.batch.table.Warehouse;
import io.freshet.plan.BackfillPlan;
import io.freshet.plan.BackfillPlan.Aim;
import io.freshet.plan.BackfillResult;
import io.freshet.plan.BackfillResult.Cost;
import io.freshet.plan.BackfillResult.ViewResult;
import io.freshet.plan.RunProgress;
import io.freshet.plan.ViewPlan;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Computes the rows that views would have had at past ticks, chunk by chunk, or says what that
 * costs. What a run has committed it finds done when it is repeated.
 */
public final class Backfill {
  private final SparkSession spark;
  private final BackfillPlan plan;
  private final EventTable events;

  private Backfill(SparkSession spark, BackfillPlan plan) {
    this.spark = spark;
    this.plan = plan;
    this.events = EventTable.of(spark, plan.source(), plan.warehouse());
  }

  /**
   * @throws io.freshet.error.FreshetException if the source has no archive or table yet
   */
  public static BackfillResult run(SparkSession spark, BackfillPlan plan) {
    RunStage.BACKFILL.enter(spark);
    Backfill backfill = new Backfill(spark, plan);
    return new BackfillResult(plan.runId(), plan.views().stream().map(backfill::fill).toList());
  }

  private ViewResult fill(ViewPlan view) {
    RunStage.BACKFILL.enter(spark, view.view().name());
    BackfillLog log = BackfillLog.ensured(spark, plan, view);
    Chunks chunks = Chunks.of(plan, view, log);
    ChunkRows rows = new ChunkRows(events, plan.source(), view);
    if (plan.aim() == Aim.ESTIMATE) {
      return result(view, chunks, 0, estimate(rows, chunks));
    }
    int done = chunks.done();
    int known = done + chunks.todo().size();
    for (Chunk chunk : chunks.todo()) {
      RunStage.BACKFILL.enter(spark, view.view().name(), new RunProgress.Chunks(done, known));
      log.commit(chunk.ticks(), rows.of(chunk));
      done++;
    }
    return result(view, chunks, log.rows(log.doneByRun()), null);
  }

  private Cost estimate(ChunkRows rows, Chunks chunks) {
    String scratch = Warehouse.of(plan.warehouse(), plan.source()).scratch(plan.runId());
    return new CostEstimate(spark, rows, scratch).of(chunks.todo());
  }

  private static ViewResult result(ViewPlan view, Chunks chunks, long rows, @Nullable Cost cost) {
    return new ViewResult(
        view.view().name(),
        chunks.todo().size(),
        chunks.done(),
        chunks.ticks(),
        rows,
        chunks.ownFromMillis(),
        cost);
  }
}
