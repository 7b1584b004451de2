package io.freshet.batch.materialize;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.plan.InputPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Builds the tiles of one view, key and day after the other, as rows of {@link InputSchema#tiles},
 * from rows of {@link InputSchema#inputs} that come sorted by view, key, time, partition and
 * offset.
 */
record BuildTiles(RunViews run) implements MapPartitionsFunction<Row, Row> {
  private static final int VIEW = 0;
  private static final int KEY = 1;
  private static final int TIME = 2;
  private static final int PARTITION = 3;
  private static final int OFFSET = 4;
  private static final int INPUTS = 5;
  private static final int ARRIVED_AT = 6;
  private static final int FAILURE = 7;

  @Override
  public Iterator<Row> call(Iterator<Row> inputs) {
    Map<Integer, Builder> builders = new HashMap<>();
    run.views().forEach(view -> builders.put(view.number(), Builder.of(view)));
    Lookahead<Row> rows = new Lookahead<>(inputs);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row first = rows.next();
        if (!first.isNullAt(FAILURE)) {
          return failed(first);
        }
        Builder builder = builders.get(first.getInt(VIEW));
        if (builder == null) {
          throw new IllegalStateException("no view " + first.getInt(VIEW) + " in the plan");
        }
        return builder.tile(first, rows);
      }
    };
  }

  private static Row failed(Row row) {
    return RowFactory.create(
        row.getInt(VIEW),
        row.get(KEY),
        null,
        null,
        0L,
        row.getInt(PARTITION),
        row.getLong(OFFSET),
        row.get(ARRIVED_AT),
        row.get(FAILURE));
  }

  private static LocalDate dateOf(Row row) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(row.getLong(TIME)), ZoneOffset.UTC);
  }

  /** Builds the tiles of one view. */
  private record Builder(ViewAggregator aggregator, RowCodec inputs) {
    static Builder of(ViewPlan view) {
      return new Builder(
          ViewAggregator.of(view.view()),
          RowCodec.ofScalars(view.view().inputs().stream().map(InputPlan::type).toList()));
    }

    /** Takes the rows of the first one's view, key and day. */
    Row tile(Row first, Lookahead<Row> rest) {
      byte[] key = first.getAs(KEY);
      LocalDate date = dateOf(first);
      KeyTiles tiles = aggregator.empty();
      add(tiles, first);
      for (Row row = rest.peek(); row != null && belongs(row, first, key, date); ) {
        add(tiles, rest.next());
        row = rest.peek();
      }
      return RowFactory.create(
          first.getInt(VIEW),
          key,
          date,
          aggregator.encode(tiles),
          tiles.events(),
          null,
          null,
          null,
          null);
    }

    private static boolean belongs(Row row, Row first, byte[] key, LocalDate date) {
      return row.getInt(VIEW) == first.getInt(VIEW)
          && row.isNullAt(FAILURE)
          && Arrays.equals(row.<byte[]>getAs(KEY), key)
          && dateOf(row).equals(date);
    }

    private void add(KeyTiles tiles, Row row) {
      aggregator.add(
          tiles, row.getLong(TIME), inputs.decode(ByteBuffer.wrap(row.<byte[]>getAs(INPUTS))));
    }
  }
}
