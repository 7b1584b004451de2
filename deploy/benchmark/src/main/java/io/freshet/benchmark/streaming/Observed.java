package io.freshet.benchmark.streaming;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest result of some cards that a peer's job of this JVM has given.
 *
 * @param timeMillis the time of the result: of an event, or the end of a window
 */
record Observed(String card, long timeMillis, long count, long sum) {
  /** Every how many-th card is observed, by the hash of its name. */
  private static final int ONE_OF = 64;

  private static final Map<String, Observed> NEWEST = new ConcurrentHashMap<>();

  static void see(String card, long timeMillis, long count, long sum) {
    if (card.hashCode() % ONE_OF == 0) {
      NEWEST.put(card, new Observed(card, timeMillis, count, sum));
    }
  }

  static Iterable<Observed> newest() {
    return NEWEST.values();
  }

  String line() {
    return card + " " + timeMillis + " " + count + " " + sum;
  }

  static Observed ofLine(String line) {
    String[] parts = line.split(" ", -1);
    return new Observed(
        parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
  }
}
