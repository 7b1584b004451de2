package io.freshet.batch.materialize;

import io.freshet.batch.source.EventTable;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Which of its source's events the tiles of a view of the batch engine hold: those of the versions
 * of the source's table up to one.
 *
 * @param newestTick the newest tick that added some; null if none did
 */
public record HeldEvents(long version, @Nullable Instant newestTick) {
  /** Empty if the tiles are not made from this table. */
  public static Optional<HeldEvents> of(
      SparkSession spark, BatchRunPlan plan, ViewPlan view, EventTable events) {
    TileTable table = TileTable.ensured(spark, plan, view, events.id());
    Long version = table.version();
    return version == null || version > events.version()
        ? Optional.empty()
        : Optional.of(new HeldEvents(version, table.newestTick()));
  }
}
