package io.freshet.streaming.aggregation;

import io.freshet.streaming.source.ViewKey;

/** A key whose state is decoded on the heap. Mutable, for one thread. */
final class HotKey {
  final ViewKey key;
  final KeyState state;

  /** The state backend has the key, as it is or as it was. */
  boolean stored;

  /** The state backend does not have the key as it is. */
  boolean unwritten;

  /** The key's row has changed and was not sent, or its timer was not moved. */
  boolean unsettled;

  /** The as-of time of the timer that is set for the key's next change. */
  long timerMillis = KeyState.NEVER;

  /** What the key counts for in the bounds of {@link HotKeys}. */
  long bytes;

  HotKey(ViewKey key, KeyState state) {
    this.key = key;
    this.state = state;
  }
}
