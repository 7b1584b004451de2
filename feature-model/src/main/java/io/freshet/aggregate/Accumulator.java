package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one intermediate result lives in a tile. All words 0 and all objects null is the empty one;
 * {@link #merge} is associative and commutative with it as identity. Stateless but for its place.
 */
interface Accumulator {
  int words();

  /** The forms of its objects, which follow one another in a tile. */
  List<ObjectForm> objects();

  /** Lets an input enter a tile; it is not null. */
  void add(KeyTiles tiles, int tile, long timeMillis, Object input);

  /**
   * Merges tiles of one state into a tile of another, or of the same.
   *
   * @param first the index of the first of them
   * @param end the index after the last
   */
  void merge(KeyTiles into, int tile, KeyTiles from, int first, int end);

  /** What a feature whose inputs are kept here comes to. */
  @Nullable Object result(FeaturePlan feature, KeyTiles tiles, int tile);
}
