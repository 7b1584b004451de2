package io.freshet.batch.training;

import io.freshet.aggregate.KeyTiles;
import io.freshet.batch.training.TimelineEntry.Kind;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/** The tiles that one task makes of a key's events in one range of time, for the ranges after. */
final class EarlierTiles {
  private static final int FEW_TILES = 1024;

  private final AskedKernel view;
  private final long slot;
  private final Range range;
  private final int ranges;
  private final long firstNeededAsOf;
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
    this.ranges = starts.length + 1;
    this.firstNeededAsOf = view.rule().sight(starts[range.range()]).decayedThroughMillis();
    this.tiles = view.aggregator().empty();
  }

  void add(long timeMillis, ByteBuffer inputs) {
    view.add(tiles, timeMillis, inputs);
    if (tiles.size() > compactAbove) {
      view.aggregator().compact(tiles, firstNeededAsOf);
      compactAbove = Math.max(FEW_TILES, 2 * tiles.size());
    }
  }

  void handOn(Consumer<Row> out) {
    view.aggregator().compact(tiles, firstNeededAsOf);
    byte[] packed = view.aggregator().encode(tiles);
    byte[] key = range.key().array();
    for (int later = range.range() + 1; later < ranges; later++) {
      out.accept(
          TimelineSchema.row(
              Slots.of(slot, later),
              TimelineSchema.order(Kind.STATE, Long.MIN_VALUE),
              TimelineEntry.state(range.view(), later, key, packed)));
    }
  }
}
