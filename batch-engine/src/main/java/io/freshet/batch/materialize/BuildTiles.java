package io.freshet.batch.materialize;

import io.freshet.aggregate.KeyTiles;
import io.freshet.plan.ViewPlan;
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
 * offset. Copies were dropped before.
 */
record BuildTiles(RunViews run) implements MapPartitionsFunction<Row, Row> {
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
        if (!first.isNullAt(InputSchema.FAILURE_AT)) {
          return failed(first);
        }
        if (first.getLong(InputSchema.DUPLICATES_AT) > 0) {
          return dropped(first);
        }
        Builder builder = builders.get(first.getInt(InputSchema.VIEW_AT));
        if (builder == null) {
          throw new IllegalStateException(
              "no view " + first.getInt(InputSchema.VIEW_AT) + " in the plan");
        }
        return builder.tile(first, rows);
      }
    };
  }

  private static Row failed(Row row) {
    return RowFactory.create(
        row.getInt(InputSchema.VIEW_AT),
        row.get(InputSchema.KEY_AT),
        null,
        null,
        0L,
        row.getInt(InputSchema.PARTITION_AT),
        row.getLong(InputSchema.OFFSET_AT),
        row.get(InputSchema.ARRIVED_AT_AT),
        row.get(InputSchema.FAILURE_AT),
        0L);
  }

  private static Row dropped(Row row) {
    return RowFactory.create(
        row.getInt(InputSchema.VIEW_AT),
        row.get(InputSchema.KEY_AT),
        null,
        null,
        0L,
        null,
        null,
        null,
        null,
        row.getLong(InputSchema.DUPLICATES_AT));
  }

  private static LocalDate dateOf(Row row) {
    return LocalDate.ofInstant(
        Instant.ofEpochMilli(row.getLong(InputSchema.TIME_AT)), ZoneOffset.UTC);
  }

  /** Builds the tiles of one view. */
  private record Builder(ViewKernel kernel) {
    static Builder of(ViewPlan view) {
      return new Builder(ViewKernel.of(view.view()));
    }

    /** Takes the rows of the first one's view, key and day. */
    Row tile(Row first, Lookahead<Row> rest) {
      byte[] key = first.getAs(InputSchema.KEY_AT);
      LocalDate date = dateOf(first);
      KeyTiles tiles = kernel.aggregator().empty();
      kernel.add(tiles, first);
      for (Row row = rest.peek(); row != null && belongs(row, first, key, date); ) {
        kernel.add(tiles, rest.next());
        row = rest.peek();
      }
      return RowFactory.create(
          first.getInt(InputSchema.VIEW_AT),
          key,
          date,
          kernel.aggregator().encode(tiles),
          tiles.events(),
          null,
          null,
          null,
          null,
          0L);
    }

    private static boolean belongs(Row row, Row first, byte[] key, LocalDate date) {
      return row.getInt(InputSchema.VIEW_AT) == first.getInt(InputSchema.VIEW_AT)
          && row.isNullAt(InputSchema.FAILURE_AT)
          && Arrays.equals(row.<byte[]>getAs(InputSchema.KEY_AT), key)
          && dateOf(row).equals(date);
    }
  }
}
