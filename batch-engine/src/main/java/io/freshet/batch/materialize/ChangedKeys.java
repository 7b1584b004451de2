package io.freshet.batch.materialize;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import java.time.Instant;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The keys whose values can have changed since a tick, from rows (key, tiles, as-of time): tiles
 * were added, or a tile left a window.
 *
 * @param view its number
 * @param sinceMillis the tick
 */
record ChangedKeys(RunViews run, int view, long sinceMillis)
    implements MapPartitionsFunction<Row, Row> {
  private static final int KEY = 0;
  private static final int TILES = 1;
  private static final int AS_OF = 2;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ViewAggregator aggregator = ViewAggregator.of(run.view(view).view());
    Iterable<Row> all = () -> rows;
    Stream<Row> changed =
        StreamSupport.stream(all.spliterator(), false)
            .filter(row -> isNew(row) || hasDecayed(aggregator, row))
            .map(row -> RowFactory.create(row.<byte[]>getAs(KEY)));
    return changed.iterator();
  }

  private boolean isNew(Row row) {
    return row.<Instant>getAs(AS_OF).toEpochMilli() > sinceMillis;
  }

  private boolean hasDecayed(ViewAggregator aggregator, Row row) {
    KeyTiles tiles = aggregator.decode(row.getAs(TILES));
    return aggregator.nextChangeAfter(tiles, sinceMillis) <= run.asOfMillis();
  }
}
