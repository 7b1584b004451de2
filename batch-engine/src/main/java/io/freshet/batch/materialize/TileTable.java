package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.max;

import io.freshet.batch.table.CommitId;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.Warehouse;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of a view's keys as of its newest tick, in Delta. They are committed before a row of
 * the tick is served, so that the table names every key whose served row may not be empty.
 */
record TileTable(
    BatchRunPlan plan, ViewPlan view, DeltaFolder table, @Nullable Instant newestTick) {
  static TileTable ensured(SparkSession spark, BatchRunPlan plan, ViewPlan view) {
    DeltaFolder table =
        new DeltaFolder(spark, Warehouse.of(plan).tiles(view.number()))
            .ensured(TileSchema.table(), TileSchema.DATE, Map.of());
    Instant newest = table.read().agg(max(named(TileSchema.AS_OF))).first().getAs(0);
    return new TileTable(plan, view, table, newest);
  }

  /**
   * Adds the keys that have a row and no events any more to those that have events; an outdated run
   * has none to add.
   *
   * @param current the tiles as of the tick, of {@link TileSchema}
   */
  Dataset<Row> withEmptyKeys(Dataset<Row> current, FeatureLog log) {
    if (newestTick == null || isOutdated()) {
      return current;
    }
    Dataset<Row> known = table.readPinned();
    boolean repeated = newestTick.toEpochMilli() == plan.asOfMillis();
    if (!repeated && log.has(newestTick)) {
      // That tick has served its empty rows: the log is written after them.
      known = known.filter(named(TileSchema.EVENTS).gt(0));
    }
    return current.unionByName(emptied(known, current));
  }

  /** Replaces the tiles by those of the tick. */
  void commit(Dataset<Row> tiles) {
    table.overwrite(
        tiles.hint("rebalance", named(TileSchema.DATE)),
        new CommitId(plan.runId() + "/tiles", Integer.toUnsignedLong(plan.sequence())));
  }

  /**
   * Whether a later tick was computed before. Its rows are newer than the run's, and a key that has
   * none of them is empty by now.
   */
  boolean isOutdated() {
    return newestTick != null && newestTick.toEpochMilli() > plan.asOfMillis();
  }

  private Dataset<Row> emptied(Dataset<Row> known, Dataset<Row> current) {
    return known
        .join(current.select(TileSchema.KEY), new String[] {TileSchema.KEY}, "left_anti")
        .select(named(TileSchema.KEY), named(TileSchema.TILES))
        .repartition(named(TileSchema.KEY))
        .sortWithinPartitions(named(TileSchema.KEY))
        .mapPartitions(
            new EmptyKeys(RunViews.of(plan), view.number()), Encoders.row(TileSchema.table()));
  }
}
