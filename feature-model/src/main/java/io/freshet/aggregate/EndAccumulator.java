package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the value of the earliest or the latest event: words present and time, and the value. Of
 * several values at that time the least is the first and the greatest the last, so that the order
 * in which they came does not matter.
 */
record EndAccumulator(int at, ValueSlot slot, int sign) implements Accumulator {
  static EndAccumulator earliest(int at, ValueSlot slot) {
    return new EndAccumulator(at, slot, 1);
  }

  static EndAccumulator latest(int at, ValueSlot slot) {
    return new EndAccumulator(at, slot, -1);
  }

  @Override
  public int words() {
    return 2 + slot.words();
  }

  @Override
  public List<ObjectForm> objects() {
    return slot.objects();
  }

  @Override
  public void add(KeyTiles tiles, int tile, long timeMillis, Object input) {
    if (tiles.word(tile, at) == 0 || precedes(timeMillis, input, tiles, tile)) {
      tiles.word(tile, at, 1);
      tiles.word(tile, at + 1, timeMillis);
      slot.write(tiles, tile, input);
    }
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int first, int end) {
    for (int i = first; i < end; i++) {
      if (from.word(i, at) != 0) {
        add(into, tile, from.word(i, at + 1), slot.read(from, i));
      }
    }
  }

  @Override
  public @Nullable Object result(FeaturePlan feature, KeyTiles tiles, int tile) {
    return tiles.word(tile, at) == 0 ? null : slot.read(tiles, tile);
  }

  private boolean precedes(long timeMillis, Object input, KeyTiles tiles, int tile) {
    int byTime = Long.compare(timeMillis, tiles.word(tile, at + 1));
    int order = byTime != 0 ? byTime : slot.compare(input, slot.read(tiles, tile));
    return sign * order < 0;
  }
}
