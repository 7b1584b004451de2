package io.freshet.streaming.aggregation;

import io.freshet.aggregate.KeyTiles;

/** The state of one key of one lane. Mutable, for one thread. */
final class KeyState {
  /** No window of the key changes by itself any more. */
  static final long NEVER = Long.MAX_VALUE;

  final KeyTiles tiles;

  /** The as-of time of the key's newest row, which never goes back. */
  long asOfMillis;

  /** The as-of time at which a window next decays; a timer is set for it. */
  long nextChangeMillis = NEVER;

  /** The key's events before the lane's cut are not in the tiles yet: it has no row to show. */
  boolean awaiting;

  /** Events entered since the tiles were last compacted. */
  boolean untidy;

  KeyState(KeyTiles tiles, long asOfMillis) {
    this.tiles = tiles;
    this.asOfMillis = asOfMillis;
  }
}
