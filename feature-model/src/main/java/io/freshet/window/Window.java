package io.freshet.window;

/**
 * A sawtooth window: as of a time {@code T} it holds the events with event time in {@code [floor(T
 * - length, hop), T)}. The head is exact and exclusive, the tail is rounded to a hop. All times are
 * milliseconds since the epoch, hops are counted in UTC.
 *
 * @param lengthMillis at least one second
 * @param hopMillis a hop of the {@link HopLadder}
 */
public record Window(long lengthMillis, long hopMillis) {
  public Window {
    if (lengthMillis < 1000) {
      throw new IllegalArgumentException(
          "Cannot make a window of " + lengthMillis + " ms: the shortest is 1s");
    }
  }

  public static Window ofMillis(long lengthMillis) {
    return new Window(lengthMillis, HopLadder.hopMillis(lengthMillis));
  }

  /** The first event time that the window holds as of a time. */
  public long startAsOf(long asOfMillis) {
    return floor(asOfMillis - lengthMillis, hopMillis);
  }

  /** The first as-of time at which an event of the tile that starts here is no longer held. */
  public long leavesAt(long tileStartMillis) {
    return floor(tileStartMillis, hopMillis) + hopMillis + lengthMillis;
  }

  /** The greatest multiple of the hop that is not above the time. */
  public static long floor(long timeMillis, long hopMillis) {
    return Math.floorDiv(timeMillis, hopMillis) * hopMillis;
  }
}
