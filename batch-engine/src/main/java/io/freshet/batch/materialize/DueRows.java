package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;

import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a tick has to serve: those of keys whose values can have changed since the tick
 * that was served last, because an event entered or a tile left a window.
 *
 * @param servedTick the tick served last, before this one; null if there is none, or if every row
 *     is wanted
 */
record DueRows(RunViews run, ViewPlan view, TileTable table, @Nullable Instant servedTick) {
  private static final StructType KEYS = new StructType().add(TileSchema.KEY, DataTypes.BinaryType);

  /** Rows of {@link LogSchema}, with empty values for a key that no window holds an event of. */
  Dataset<Row> rows() {
    Dataset<Row> tiles = tiles();
    Dataset<Row> due =
        servedTick == null
            ? tiles
            : tiles.join(keys(servedTick), new String[] {TileSchema.KEY}, "left_semi");
    return new ComputedRows(run).rows(view, due);
  }

  /** The tiles that windows held as of the tick served last, or hold as of this one. */
  private Dataset<Row> tiles() {
    return view.view().coversLifetime() ? table.all() : table.since(firstDay());
  }

  /**
   * With no tick served yet, another engine or epoch may have served keys until shortly before: a
   * day back is where their events are.
   */
  private LocalDate firstDay() {
    MovedWindows windows = MovedWindows.of(view.view());
    return servedTick == null
        ? windows.firstDay(asOf()).minusDays(1)
        : windows.firstDay(servedTick);
  }

  private Dataset<Row> keys(Instant served) {
    Set<LocalDate> days = MovedWindows.of(view.view()).leftDays(served, asOf());
    return tiles()
        .filter(
            named(TileSchema.AS_OF).gt(lit(served)).or(named(TileSchema.DATE).isInCollection(days)))
        .select(named(TileSchema.KEY), named(TileSchema.TILES), named(TileSchema.AS_OF))
        .mapPartitions(
            new ChangedKeys(run, view.number(), served.toEpochMilli()), Encoders.row(KEYS))
        .distinct();
  }

  private Instant asOf() {
    return Instant.ofEpochMilli(run.asOfMillis());
  }
}
