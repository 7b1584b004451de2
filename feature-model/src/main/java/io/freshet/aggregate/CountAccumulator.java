package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import java.util.List;

/** Keeps how many inputs entered: one word. */
record CountAccumulator(int at) implements Accumulator {
  @Override
  public int words() {
    return 1;
  }

  @Override
  public List<ObjectForm> objects() {
    return List.of();
  }

  @Override
  public void add(KeyTiles tiles, int tile, long timeMillis, Object input) {
    tiles.word(tile, at, tiles.word(tile, at) + 1);
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int first, int end) {
    long count = into.word(tile, at);
    for (int i = first; i < end; i++) {
      count += from.word(i, at);
    }
    into.word(tile, at, count);
  }

  @Override
  public Object result(FeaturePlan feature, KeyTiles tiles, int tile) {
    return tiles.word(tile, at);
  }
}
