package io.freshet.window;

import java.time.Duration;

/**
 * The hop sizes that the tails of windows are rounded to. Each divides the next, so that tiles of a
 * finer hop merge into tiles of a coarser one.
 */
public final class HopLadder {
  private static final long[] HOPS = {
    Duration.ofSeconds(1).toMillis(),
    Duration.ofSeconds(10).toMillis(),
    Duration.ofMinutes(1).toMillis(),
    Duration.ofMinutes(5).toMillis(),
    Duration.ofHours(1).toMillis(),
    Duration.ofDays(1).toMillis()
  };

  private static final int HOPS_A_WINDOW = 12;

  private HopLadder() {}

  /** The largest hop that is not above a twelfth of the window; one second at least. */
  public static long hopMillis(long windowMillis) {
    long hop = HOPS[0];
    for (long candidate : HOPS) {
      if (candidate <= windowMillis / HOPS_A_WINDOW) {
        hop = candidate;
      }
    }
    return hop;
  }
}
