package io.freshet.aggregate;

import io.freshet.plan.Aggregation;

/** Keeps how many inputs entered: one word. */
record CountAccumulator(int at) implements Accumulator {
  @Override
  public int words() {
    return 1;
  }

  @Override
  public int objects() {
    return 0;
  }

  @Override
  public void add(KeyTiles tiles, int tile, long timeMillis, Object input) {
    tiles.word(tile, at, tiles.word(tile, at) + 1);
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int fromTile) {
    into.word(tile, at, into.word(tile, at) + from.word(fromTile, at));
  }

  @Override
  public Object result(Aggregation aggregation, KeyTiles tiles, int tile) {
    return tiles.word(tile, at);
  }
}
