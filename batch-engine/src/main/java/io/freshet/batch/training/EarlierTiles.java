package io.freshet.batch.training;

import io.freshet.aggregate.KeyTiles;
import io.freshet.batch.training.TimelineEntry.Kind;
import io.freshet.plan.TrainingSetPlan.Mode;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/** The tiles that one task makes of a key's events in one range of time, for the ranges after. */
final class EarlierTiles {
  private static final int FEW_TILES = 1024;

  private final AskedKernel view;
  private final long slot;
  private final Range range;
  private final long[] starts;
  private final KeyTiles tiles;
  private int compactAbove = FEW_TILES;

  /**
   * Whose tiles they are.
   *
   * @param range the number of the range
   */
  record Range(int view, ByteBuffer key, int range) {}

  /**
   * @param starts of the key's second and further ranges
   */
  EarlierTiles(AskedKernel view, long slot, Range range, long[] starts) {
    this.view = view;
    this.slot = slot;
    this.range = range;
    this.starts = starts;
    this.tiles = view.aggregator().empty();
  }

  void add(long timeMillis, ByteBuffer inputs) {
    view.add(tiles, timeMillis, inputs);
    if (tiles.size() > compactAbove) {
      compactFor(range.range() + 1);
      compactAbove = Math.max(FEW_TILES, 2 * tiles.size());
    }
  }

  void handOn(Consumer<Row> out) {
    byte[] key = range.key().array();
    for (int later = range.range() + 1; later <= starts.length; later++) {
      compactFor(later);
      if (tiles.isEmpty() && view.asked().mode() == Mode.EXACT) {
        return; // Nor has a range after it a window that holds any of them.
      }
      byte[] packed = view.aggregator().encode(tiles);
      out.accept(
          TimelineSchema.row(
              Slots.of(slot, later),
              TimelineSchema.order(Kind.STATE, Long.MIN_VALUE),
              TimelineEntry.state(range.view(), later, key, packed)));
    }
  }

  /** No label of the range, or of one after it, has values as of an earlier time. */
  private void compactFor(int later) {
    view.aggregator()
        .compact(tiles, view.rule().sight(starts[later - 1]).decayedThroughMillis());
  }
}
