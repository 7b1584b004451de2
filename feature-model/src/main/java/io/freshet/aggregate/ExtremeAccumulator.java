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
  public void merge(KeyTiles into, int tile, KeyTiles from, int first, int end) {
    if (slot.isText()) {
      for (int i = first; i < end; i++) {
        if (from.word(i, at) != 0) {
          add(into, tile, 0, slot.read(from, i));
        }
      }
    } else {
      mergeWords(into, tile, from, first, end);
    }
  }

  private void mergeWords(KeyTiles into, int tile, KeyTiles from, int first, int end) {
    long present = into.word(tile, at);
    long best = into.word(tile, slot.word());
    long bestRank = slot.rank(best);
    for (int i = first; i < end; i++) {
      long word = from.word(i, slot.word());
      long rank = slot.rank(word);
      boolean better = sign > 0 ? rank < bestRank : rank > bestRank;
      if (from.word(i, at) != 0 && (present == 0 || better)) {
        present = 1;
        best = word;
        bestRank = rank;
      }
    }
    into.word(tile, at, present);
    into.word(tile, slot.word(), best);
  }

  @Override
  public @Nullable Object result(FeaturePlan feature, KeyTiles tiles, int tile) {
    return tiles.word(tile, at) == 0 ? null : slot.read(tiles, tile);
  }
}
