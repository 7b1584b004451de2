package io.freshet.batch.backfill;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.batch.materialize.ArchivedEvents;
import io.freshet.batch.materialize.ComputedRows;
import io.freshet.batch.materialize.InputSchema;
import io.freshet.batch.materialize.LogSchema;
import io.freshet.batch.materialize.RunViews;
import io.freshet.batch.source.EventTable;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Computes the rows of chunks of a view: one scan, one shuffle by key, and one pass over each key's
 * events in the order of their times.
 */
record ChunkRows(EventTable events, SourcePlan source, ViewPlan view) {
  /** Rows of {@link LogSchema}, in no order. */
  Dataset<Row> of(Chunk chunk) {
    RunViews run = run(chunk.ticks());
    return new ComputedRows(run)
        .inputs(ArchivedEvents.select(events.rows(events.version()), run))
        .filter(named(InputSchema.INPUTS).isNotNull())
        .sortWithinPartitions(
            named(InputSchema.KEY),
            named(InputSchema.TIME),
            named(InputSchema.PARTITION),
            named(InputSchema.OFFSET))
        .mapPartitions(
            new SweepKeys(PlanCodec.encodeToString(view), chunk),
            Encoders.row(LogSchema.of(view.view())));
  }

  /** Values are wanted from the tick before the first one, to tell what changes at that. */
  private RunViews run(Ticks ticks) {
    return new RunViews(
        PlanCodec.encodeToString(source),
        List.of(PlanCodec.encodeToString(view)),
        ticks.beforeMillis(),
        ticks.lastMillis(),
        (int) LogSchema.BACKFILLED);
  }
}
