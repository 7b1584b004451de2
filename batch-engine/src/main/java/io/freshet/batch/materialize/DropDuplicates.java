package io.freshet.batch.materialize;

import io.freshet.event.DuplicateRule;
import io.freshet.plan.Deduplication;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Drops the copies of events, and the events that only tell whether others are copies, from rows of
 * {@link InputSchema#inputs} that come sorted by view, key, id, partition and offset: of one id in
 * the order of their arrival. What is left of them is said by {@link Copies}.
 */
record DropDuplicates(String idColumn, long withinMillis, Copies copies)
    implements MapPartitionsFunction<Row, Row> {
  private static final byte[] NO_KEY = {};

  /** What is left of dropped rows. */
  enum Copies {
    /** A row that says how many copies of an id there were. */
    COUNTED,
    /** Each row, without its inputs. */
    KEPT_AS_SEEN
  }

  @Override
  public Iterator<Row> call(Iterator<Row> inputs) {
    DuplicateRule rule = new DuplicateRule(new Deduplication(idColumn, withinMillis));
    Lookahead<Row> rows = new Lookahead<>(inputs);
    Queue<Row> kept = new ArrayDeque<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        while (kept.isEmpty() && rows.hasNext()) {
          takeOneId(rows, rule, kept);
        }
        return !kept.isEmpty();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return kept.remove();
      }
    };
  }

  private void takeOneId(Lookahead<Row> rows, DuplicateRule rule, Queue<Row> kept) {
    Row first = rows.next();
    if (first.isNullAt(InputSchema.ID_AT)) {
      kept.add(first);
      return;
    }
    long[] seen = DuplicateRule.UNSEEN;
    long dropped = 0;
    for (Row row = first; row != null; row = sameId(first, rows.peek()) ? rows.next() : null) {
      long time = row.getLong(InputSchema.TIME_AT);
      boolean duplicate = rule.isDuplicate(seen, time);
      seen = rule.remember(seen, time);
      boolean taken = !row.isNullAt(InputSchema.INPUTS_AT);
      if (taken && !duplicate) {
        kept.add(row);
      } else if (copies == Copies.KEPT_AS_SEEN) {
        kept.add(seen(row));
      } else if (taken) {
        dropped++;
      }
    }
    if (dropped > 0) {
      kept.add(standingFor(dropped, first));
    }
  }

  private static boolean sameId(Row first, @Nullable Row row) {
    return row != null
        && row.getInt(InputSchema.VIEW_AT) == first.getInt(InputSchema.VIEW_AT)
        && Objects.equals(row.get(InputSchema.ID_AT), first.get(InputSchema.ID_AT))
        && Arrays.equals(
            row.<byte[]>getAs(InputSchema.KEY_AT), first.<byte[]>getAs(InputSchema.KEY_AT));
  }

  private static Row seen(Row row) {
    return RowFactory.create(
        row.getInt(InputSchema.VIEW_AT),
        row.get(InputSchema.KEY_AT),
        row.getLong(InputSchema.TIME_AT),
        row.getInt(InputSchema.PARTITION_AT),
        row.getLong(InputSchema.OFFSET_AT),
        null,
        row.get(InputSchema.ARRIVED_AT_AT),
        null,
        row.get(InputSchema.ID_AT),
        0L);
  }

  private static Row standingFor(long dropped, Row first) {
    return RowFactory.create(
        first.getInt(InputSchema.VIEW_AT), NO_KEY, 0L, 0, 0L, null, null, null, null, dropped);
  }
}
