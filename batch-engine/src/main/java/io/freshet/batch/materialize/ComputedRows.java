package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * From archived events to tiles to rows: what a run computes, whatever it reads from and writes to.
 */
public record ComputedRows(RunViews run) {
  /**
   * What all views take from events, copies dropped, by view and key.
   *
   * @param events as {@link ArchivedEvents} selects them
   * @return rows of {@link InputSchema#inputs}
   */
  public Dataset<Row> inputs(Dataset<Row> events) {
    return new ViewInputs(run.source(), run.taken()).withoutCopies(events);
  }

  /**
   * The tiles of all views, with one scan and one shuffle for all of them.
   *
   * @param events as {@link ArchivedEvents} selects them
   * @return rows of {@link InputSchema#tiles}
   */
  Dataset<Row> tiles(Dataset<Row> events) {
    return tiles(events, run.taken());
  }

  /**
   * The tiles of some of the events.
   *
   * @param taken which, a view
   */
  Dataset<Row> tiles(Dataset<Row> events, List<TakenEvents> taken) {
    return new ViewInputs(run.source(), taken)
        .withoutCopies(events)
        .sortWithinPartitions(
            named(InputSchema.VIEW),
            named(InputSchema.KEY),
            named(InputSchema.TIME),
            named(InputSchema.PARTITION),
            named(InputSchema.OFFSET))
        .mapPartitions(new BuildTiles(run), Encoders.row(InputSchema.tiles()));
  }

  /**
   * The tiles of one view.
   *
   * @param tiles rows of {@link InputSchema#tiles}
   * @return rows of {@link TileSchema}
   */
  Dataset<Row> tilesOf(ViewPlan view, Dataset<Row> tiles) {
    return tiles
        .filter(named(InputSchema.VIEW).equalTo(view.number()))
        .filter(named(TileSchema.TILES).isNotNull())
        .select(TileSchema.columns(Instant.ofEpochMilli(run.asOfMillis())));
  }

  /**
   * The rows of one view's keys.
   *
   * @param tiles rows of {@link TileSchema}
   * @return rows of {@link LogSchema}
   */
  Dataset<Row> rows(ViewPlan view, Dataset<Row> tiles) {
    return tiles
        .repartition(named(TileSchema.KEY))
        .sortWithinPartitions(named(TileSchema.KEY), named(TileSchema.DATE))
        .select(named(TileSchema.KEY), named(TileSchema.TILES))
        .mapPartitions(new BuildRows(run, view.number()), Encoders.row(LogSchema.of(view.view())));
  }
}
