package io.freshet.batch.training;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.plan.TrainingSetPlan.Mode;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The tiles that one task makes of a key's events in one range of time, for the ranges after. */
final class EarlierTiles {
  /** So many events are worth a look at whether tiles can be merged. */
  private static final int EVENTS_A_LOOK = 1024;

  private final GroupKernel group;
  private final long slot;
  private final Range range;
  private final long[] starts;
  private final TimelineOrder order;
  private final KeyTiles[] tiles;
  private int events;

  /**
   * Whose tiles they are.
   *
   * @param range the number of the range
   */
  record Range(int group, ByteBuffer key, int range) {}

  /**
   * @param starts of the key's second and further ranges
   */
  EarlierTiles(GroupKernel group, long slot, Range range, long[] starts, TimelineOrder order) {
    this.group = group;
    this.slot = slot;
    this.range = range;
    this.starts = starts;
    this.order = order;
    this.tiles = group.empty();
  }

  /**
   * @param content of an event's entry
   */
  void add(ByteBuffer content) {
    group.add(tiles, content.getLong(), content);
    if (++events % EVENTS_A_LOOK == 0) {
      compactFor(range.range() + 1);
    }
  }

  /** Tells every range after the own one, unless nothing in it or later can hold an event. */
  void handOn(Consumer<Row> out) {
    byte[] key = range.key().array();
    for (int later = range.range() + 1; later <= starts.length; later++) {
      compactFor(later);
      byte[] @Nullable [] packed = packed();
      if (packed.length == 0) {
        return;
      }
      long place = Slots.of(slot, later);
      byte[] state = TimelineEntry.state(range.group(), later, key, packed);
      out.accept(TimelineSchema.row(place, order.ofState(place), state));
    }
  }

  /** Tiles view by view, none if no view needs any. As served, the newest event is needed too. */
  private byte[] @Nullable [] packed() {
    byte[] @Nullable [] packed = new byte[tiles.length][];
    boolean needed = false;
    for (int i = 0; i < tiles.length; i++) {
      AskedKernel view = group.views().get(i);
      boolean exact = view.asked().mode() == Mode.EXACT;
      if (exact ? !tiles[i].isEmpty() : tiles[i].events() > 0) {
        packed[i] = view.aggregator().encode(tiles[i]);
        needed = true;
      }
    }
    return needed ? packed : new byte[0][];
  }

  /** No label of the range, or of one after it, has values as of an earlier time. */
  private void compactFor(int later) {
    long asOf = group.rule().sight(starts[later - 1]).decayedThroughMillis();
    for (int i = 0; i < tiles.length; i++) {
      ViewAggregator aggregator = group.views().get(i).aggregator();
      aggregator.compact(tiles[i], asOf);
    }
  }
}
