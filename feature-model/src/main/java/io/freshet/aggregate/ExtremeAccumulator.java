package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the least or the greatest value: a word that says whether there is one, and the value. */
record ExtremeAccumulator(int at, ValueSlot slot, int sign) implements Accumulator {
  static ExtremeAccumulator least(int at, ValueSlot slot) {
    return new ExtremeAccumulator(at, slot, 1);
  }

  static ExtremeAccumulator greatest(int at, ValueSlot slot) {
    return new ExtremeAccumulator(at, slot, -1);
  }

  @Override
  public int words() {
    return 1 + slot.words();
  }

  @Override
  public List<ObjectForm> objects() {
    return slot.objects();
  }

  @Override
  public void add(KeyTiles tiles, int tile, long timeMillis, Object input) {
    if (tiles.word(tile, at) == 0 || sign * slot.compare(input, slot.read(tiles, tile)) < 0) {
      tiles.word(tile, at, 1);
      slot.write(tiles, tile, input);
    }
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int fromTile) {
    if (from.word(fromTile, at) != 0) {
      add(into, tile, 0, slot.read(from, fromTile));
    }
  }

  @Override
  public @Nullable Object result(FeaturePlan feature, KeyTiles tiles, int tile) {
    return tiles.word(tile, at) == 0 ? null : slot.read(tiles, tile);
  }
}
