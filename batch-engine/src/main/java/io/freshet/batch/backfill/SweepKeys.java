package io.freshet.batch.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.batch.materialize.InputSchema;
import io.freshet.batch.materialize.Lookahead;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Computes the rows of one key after the other, from rows of {@code InputSchema.inputs} of one view
 * that come sorted by key, time, partition and offset. In memory are the tiles of one key.
 *
 * @param viewJson a {@link ViewPlan}
 */
record SweepKeys(String viewJson, Chunk chunk) implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> inputs) {
    ViewPlan view = PlanCodec.decode(viewJson.getBytes(UTF_8), ViewPlan.class);
    return new Rows(TickRows.of(view), chunk, new Lookahead<>(inputs));
  }

  /** The rows of all keys. */
  private static final class Rows implements Iterator<Row> {
    private final TickRows view;
    private final Chunk chunk;
    private final Lookahead<Row> events;
    private @Nullable KeySweep key;
    private @Nullable Row next;

    Rows(TickRows view, Chunk chunk, Lookahead<Row> events) {
      this.view = view;
      this.chunk = chunk;
      this.events = events;
    }

    @Override
    public boolean hasNext() {
      while (next == null) {
        if (key == null) {
          Row first = events.peek();
          if (first == null) {
            return false;
          }
          key = new KeySweep(view, chunk, first.getAs(InputSchema.KEY_AT), events);
        }
        next = key.next();
        if (next == null) {
          key = null;
        }
      }
      return true;
    }

    @Override
    public Row next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Row row = next;
      next = null;
      return row;
    }
  }
}
