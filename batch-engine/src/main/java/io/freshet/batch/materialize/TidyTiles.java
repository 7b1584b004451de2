package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Keeps a view's tile table small: rows of one key and day are merged where months have become
 * crowded, and months that no window holds any more are dropped. What the table says does not
 * change, so that it may be left out or repeated.
 */
record TidyTiles(RunViews run, ViewPlan view, TileTable table) {
  /**
   * @param servedTick the tick whose rows are all served: keys that decayed until then need no
   *     tiles
   */
  void tidy(Instant servedTick) {
    if (!table.isDueForALook()) {
      return;
    }
    if (!view.view().coversLifetime()) {
      LocalDate firstDay = MovedWindows.of(view.view()).firstDay(servedTick).minusDays(1);
      table.dropBefore(TileSchema.monthOf(firstDay));
    }
    table.crowdedMonths().forEach(month -> table.rewrite(month, merged(table.of(month))));
  }

  private Dataset<Row> merged(Dataset<Row> tiles) {
    return tiles
        .repartition(named(TileSchema.KEY))
        .sortWithinPartitions(named(TileSchema.KEY), named(TileSchema.DATE))
        .mapPartitions(new MergeTiles(run, view.number()), Encoders.row(TileSchema.table()));
  }
}
