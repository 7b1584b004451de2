package io.freshet.window;

/**
 * A sawtooth window: as of a time {@code T} it holds the events with event time in {@code [floor(T
 * - length, hop), T)}. The head is exact and exclusive, the tail is rounded to a hop. All times are
 * milliseconds since the epoch, hops are counted in UTC. The window {@link #LIFETIME} has no tail:
 * it holds every event before {@code T}.
 *
 * @param lengthMillis at least one second
 * @param hopMillis a hop of the {@link HopLadder}
 */
public record Window(long lengthMillis, long hopMillis) {
  /** Before every event time: where the one tile of all that is older than any tail starts. */
  public static final long LIFETIME_START = Long.MIN_VALUE;

  /** All events. */
  public static final Window LIFETIME = new Window(Long.MAX_VALUE, Long.MAX_VALUE);

  public Window {
    if (lengthMillis < 1000) {
      throw new IllegalArgumentException(
          "Cannot make a window of " + lengthMillis + " ms: the shortest is 1s");
    }
  }

  public static Window ofMillis(long lengthMillis) {
    return new Window(lengthMillis, HopLadder.hopMillis(lengthMillis));
  }

  /** Whether it holds every event for ever. */
  public boolean holdsAll() {
    return lengthMillis == Long.MAX_VALUE;
  }

  /** The first event time that the window holds as of a time. */
  public long startAsOf(long asOfMillis) {
    return holdsAll() ? LIFETIME_START : floor(asOfMillis - lengthMillis, hopMillis);
  }

  /**
   * The first as-of time at which an event of the tile that starts here is no longer held; {@code
   * Long.MAX_VALUE} if it always is.
   */
  public long leavesAt(long tileStartMillis) {
    return holdsAll()
        ? Long.MAX_VALUE
        : floor(tileStartMillis, hopMillis) + hopMillis + lengthMillis;
  }

  /** The greatest multiple of the hop that is not above the time. */
  public static long floor(long timeMillis, long hopMillis) {
    return Math.floorDiv(timeMillis, hopMillis) * hopMillis;
  }
}
