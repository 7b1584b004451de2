package io.freshet.batch.materialize;

import io.freshet.aggregate.ViewAggregator;
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
 * Empties the tiles of keys, as rows of {@link TileSchema}, from rows (key, tiles) that come sorted
 * by key. What is left of a key is its newest event time.
 *
 * @param view its number
 */
record EmptyKeys(RunViews run, int view) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> tiles) {
    ViewAggregator aggregator = ViewAggregator.of(run.view(view).view());
    Iterable<KeyStates.KeyState> states = () -> new KeyStates(aggregator, tiles);
    Stream<Row> rows =
        StreamSupport.stream(states.spliterator(), false).map(state -> emptied(state, aggregator));
    return rows.iterator();
  }

  private Row emptied(KeyStates.KeyState state, ViewAggregator aggregator) {
    Instant asOf = Instant.ofEpochMilli(run.asOfMillis());
    LocalDate day = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    byte[] nothing = aggregator.encode(aggregator.emptied(state.tiles()));
    return RowFactory.create(TileSchema.monthOf(day), state.key(), day, nothing, 0L, asOf);
  }
}
