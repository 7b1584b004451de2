package io.freshet.batch.materialize;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Merges the rows of a key and day to one, from rows of {@link TileSchema} that come sorted by key
 * and day.
 *
 * @param view its number
 */
record MergeTiles(RunViews run, int view) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> tiles) {
    ViewAggregator aggregator = ViewAggregator.of(run.view(view).view());
    Lookahead<Row> rows = new Lookahead<>(tiles);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row first = rows.next();
        return isSameDay(first, rows.peek()) ? merged(aggregator, first, rows) : first;
      }
    };
  }

  private static Row merged(ViewAggregator aggregator, Row first, Lookahead<Row> rest) {
    KeyTiles tiles = decode(aggregator, first);
    Instant newest = first.getAs(TileSchema.AS_OF);
    while (isSameDay(first, rest.peek())) {
      Row next = rest.next();
      aggregator.merge(tiles, decode(aggregator, next));
      Instant asOf = next.getAs(TileSchema.AS_OF);
      newest = asOf.isAfter(newest) ? asOf : newest;
    }
    return RowFactory.create(
        first.getAs(TileSchema.MONTH),
        first.getAs(TileSchema.KEY),
        first.getAs(TileSchema.DATE),
        aggregator.encode(tiles),
        tiles.events(),
        newest);
  }

  private static boolean isSameDay(Row first, @Nullable Row next) {
    return next != null
        && first.getAs(TileSchema.DATE).equals(next.getAs(TileSchema.DATE))
        && Arrays.equals(first.<byte[]>getAs(TileSchema.KEY), next.<byte[]>getAs(TileSchema.KEY));
  }

  private static KeyTiles decode(ViewAggregator aggregator, Row row) {
    return aggregator.decode(row.<byte[]>getAs(TileSchema.TILES));
  }
}
