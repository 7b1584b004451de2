package io.freshet.streaming.sink;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a write that failed is tried again: after a pause that doubles up to the longest, until it is
 * given up and the task fails.
 */
record RetryPolicy(Duration firstPause, Duration longestPause, Duration giveUpAfter)
    implements Serializable {
  static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(60));

  private static final int MOST_DOUBLINGS = 20;

  /**
   * @param failures how often it has failed, at least once
   */
  long pauseMillis(int failures) {
    long doubled = firstPause.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    return Math.min(doubled, longestPause.toMillis());
  }
}
