package io.freshet.benchmark;

/** The ways to keep the windows of a key that are compared. */
public enum Contender {
  /** The kernel: tiles in arrays of primitives. */
  PACKED {
    @Override
    RollingView emptyKey() {
      return new PackedTiles();
    }
  },
  /** An intermediate result in an object of its own for each hop and aggregation. */
  BOXED {
    @Override
    RollingView emptyKey() {
      return new BoxedHops();
    }
  },
  /** No intermediate results: the events of the longest window, aggregated anew at each read. */
  SLIDING {
    @Override
    RollingView emptyKey() {
      return new SlidingEvents();
    }
  };

  abstract RollingView emptyKey();
}
