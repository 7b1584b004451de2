package io.freshet.local.demo;

import java.time.Duration;

/** Windows as the demonstration's views write them: {@code 10m}, {@code 7d}. */
final class Windows {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] HOPS = {DAY, HOUR, 5 * MINUTE, MINUTE, 10 * SECOND};

  private Windows() {}

  static long millis(String window) {
    String iso = window.endsWith("d") ? "P" + window : "PT" + window;
    return Duration.parse(iso).toMillis();
  }

  /** The first time that a window holds as of a time. */
  static long startAsOf(long asOfMillis, long windowMillis) {
    long hop = hop(windowMillis);
    return Math.floorDiv(asOfMillis - windowMillis, hop) * hop;
  }

  /** The largest of 1 s, 10 s, 1 min, 5 min, 1 h and 1 d that is at most a twelfth. */
  private static long hop(long windowMillis) {
    for (long hop : HOPS) {
      if (hop <= windowMillis / 12) {
        return hop;
      }
    }
    return SECOND;
  }
}
