package io.freshet.batch.materialize;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.table.SparkValues;
import io.freshet.plan.ViewPlan;
import io.freshet.value.EntityKeyCodec;
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
 * Computes a view's values as of the tick, as rows of {@link LogSchema}, from rows (key, tiles)
 * that come sorted by key.
 *
 * @param view its number
 */
record BuildRows(RunViews run, int view) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> tiles) {
    ViewPlan plan = run.view(view);
    ViewAggregator aggregator = ViewAggregator.of(plan.view());
    EntityKeyCodec keys = new EntityKeyCodec(plan.view().joinKeys());
    Iterable<KeyStates.KeyState> states = () -> new KeyStates(aggregator, tiles);
    Stream<Row> rows =
        StreamSupport.stream(states.spliterator(), false)
            .map(state -> row(plan, keys.decode(state.key()), state.tiles(), aggregator));
    return rows.iterator();
  }

  private Row row(ViewPlan plan, Object[] key, KeyTiles tiles, ViewAggregator aggregator) {
    Instant asOf = Instant.ofEpochMilli(run.asOfMillis());
    return RowFactory.create(
        LocalDate.ofInstant(asOf, ZoneOffset.UTC),
        asOf,
        Integer.toUnsignedLong(plan.epoch()),
        Integer.toUnsignedLong(run.sequence()),
        RowFactory.create(key),
        Instant.ofEpochMilli(tiles.newestEventMillis()),
        RowFactory.create(SparkValues.rowToSpark(aggregator.valuesAsOf(tiles, run.asOfMillis()))));
  }
}
