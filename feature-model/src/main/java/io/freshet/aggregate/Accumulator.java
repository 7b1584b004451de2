package io.freshet.aggregate;

import io.freshet.plan.Aggregation;
import org.jspecify.annotations.Nullable;

/**
 * How one intermediate result lives in a tile. All words 0 and all objects null is the empty one;
 * {@link #merge} is associative and commutative with it as identity. Stateless but for its place.
 */
interface Accumulator {
  int words();

  int objects();

  /** Lets an input enter a tile; it is not null. */
  void add(KeyTiles tiles, int tile, long timeMillis, Object input);

  /** Merges a tile of one state into a tile of another, or of the same. */
  void merge(KeyTiles into, int tile, KeyTiles from, int fromTile);

  /** What an aggregation that is kept here comes to. */
  @Nullable Object result(Aggregation aggregation, KeyTiles tiles, int tile);
}
