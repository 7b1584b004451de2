package io.freshet.batch.backfill;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.backfill.Chunk.Opening;
import io.freshet.batch.backfill.TickRows.Values;
import io.freshet.batch.materialize.InputSchema;
import io.freshet.batch.materialize.Lookahead;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the ticks of one key at which its values can change: the first after an event, and
 * the first after a tile has left a window. Others are passed over.
 */
final class KeySweep {
  /** With more tiles than this it is worth merging those that only coarse windows hold. */
  private static final int TILES_UNCOMPACTED = 1_000;

  private final TickRows view;
  private final Chunk chunk;
  private final Lookahead<Row> events;
  private final byte[] key;
  private final KeyTiles tiles;
  private long tick;
  private @Nullable Values values;
  private boolean opened;

  /**
   * @param events from the first of the key on: its events are taken, all of which are before the
   *     last tick, and no others
   */
  KeySweep(TickRows view, Chunk chunk, byte[] key, Lookahead<Row> events) {
    this.view = view;
    this.chunk = chunk;
    this.events = events;
    this.key = key;
    this.tiles = view.aggregator().empty();
    this.opened = chunk.opening() == Opening.CHANGED_KEYS;
    this.tick = chunk.ticks().beforeMillis();
    this.values = valuesAtTick();
  }

  /** The row of the next tick at which the key has another one than before; null at the end. */
  @Nullable Row next() {
    for (long due = nextTick(); chunk.ticks().has(due); due = nextTick()) {
      Values before = values;
      boolean opens = !opened;
      opened = true;
      tick = due;
      values = valuesAtTick();
      if (values == null ? before != null : opens || !values.equals(before)) {
        return view.row(tick, key, values == null ? view.values(tiles, tick) : values);
      }
    }
    return null;
  }

  private long nextTick() {
    if (!opened) {
      return chunk.ticks().fromMillis();
    }
    long change = view.aggregator().nextChangeAfter(tiles, tick);
    long decayed = change == Long.MAX_VALUE ? change : chunk.ticks().at(change);
    Row event = nextEvent();
    return event == null
        ? decayed
        : Math.min(decayed, chunk.ticks().after(event.getLong(InputSchema.TIME_AT)));
  }

  /** Null if no window holds an event. */
  private @Nullable Values valuesAtTick() {
    enterBeforeTick();
    ViewAggregator aggregator = view.aggregator();
    aggregator.compact(tiles, tick);
    return aggregator.isEmptyAsOf(tiles, tick) ? null : view.values(tiles, tick);
  }

  private void enterBeforeTick() {
    for (Row event = nextEvent();
        event != null && event.getLong(InputSchema.TIME_AT) < tick;
        event = nextEvent()) {
      view.kernel().add(tiles, events.next());
      if (tiles.size() > TILES_UNCOMPACTED) {
        view.aggregator().compact(tiles, tick);
      }
    }
  }

  private @Nullable Row nextEvent() {
    Row event = events.peek();
    return event != null && Arrays.equals(event.<byte[]>getAs(InputSchema.KEY_AT), key)
        ? event
        : null;
  }
}
