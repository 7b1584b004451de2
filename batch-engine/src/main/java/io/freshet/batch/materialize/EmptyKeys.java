package io.freshet.batch.materialize;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.plan.BoundView;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Empties the tiles of keys that have no events in any window any more, as rows of {@link
 * TileSchema}, from rows (key, tiles) that come sorted by key. What is left of a key is its newest
 * event time.
 *
 * @param view its number
 */
record EmptyKeys(RunViews run, int view) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> tiles) {
    BoundView plan = run.view(view).view();
    ViewAggregator aggregator = ViewAggregator.of(plan);
    long afterAnyWindow = plan.longestWindowMillis() + 2 * Duration.ofDays(1).toMillis();
    Iterable<KeyStates.KeyState> states = () -> new KeyStates(aggregator, tiles);
    Stream<Row> rows =
        StreamSupport.stream(states.spliterator(), false)
            .map(state -> emptied(state, aggregator, afterAnyWindow));
    return rows.iterator();
  }

  private Row emptied(
      KeyStates.KeyState state, ViewAggregator aggregator, long afterAnyWindowMillis) {
    KeyTiles tiles = state.tiles();
    aggregator.compact(tiles, tiles.newestEventMillis() + afterAnyWindowMillis);
    Instant asOf = Instant.ofEpochMilli(run.asOfMillis());
    LocalDate day = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    return RowFactory.create(
        TileSchema.monthOf(day), state.key(), day, aggregator.encode(tiles), 0L, asOf);
  }
}
