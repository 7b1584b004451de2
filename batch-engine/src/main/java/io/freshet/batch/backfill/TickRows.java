package io.freshet.batch.backfill;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.materialize.LogSchema;
import io.freshet.batch.materialize.ViewKernel;
import io.freshet.batch.table.SparkValues;
import io.freshet.plan.ViewPlan;
import io.freshet.value.EntityKeyCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Makes rows of {@link LogSchema} of the tiles of a view's keys. */
record TickRows(ViewPlan view, ViewKernel kernel, EntityKeyCodec keys) {
  /** A key's features as of a tick, and its newest event before it. */
  record Values(long newestEventMillis, List<@Nullable Object> features) {}

  static TickRows of(ViewPlan view) {
    return new TickRows(
        view, ViewKernel.of(view.view()), new EntityKeyCodec(view.view().joinKeys()));
  }

  ViewAggregator aggregator() {
    return kernel.aggregator();
  }

  Values values(KeyTiles tiles, long tickMillis) {
    return new Values(
        tiles.newestEventMillis(),
        Arrays.asList(kernel.aggregator().valuesAsOf(tiles, tickMillis)));
  }

  Row row(long tickMillis, byte[] key, Values values) {
    Instant asOf = Instant.ofEpochMilli(tickMillis);
    return RowFactory.create(
        LocalDate.ofInstant(asOf, ZoneOffset.UTC),
        asOf,
        Integer.toUnsignedLong(view.epoch()),
        LogSchema.BACKFILLED,
        RowFactory.create(keys.decode(key)),
        Instant.ofEpochMilli(values.newestEventMillis()),
        RowFactory.create(SparkValues.rowToSpark(values.features().toArray())));
  }
}
