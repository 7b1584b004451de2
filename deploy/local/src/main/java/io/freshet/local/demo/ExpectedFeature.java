package io.freshet.local.demo;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A feature computed the plain way: look at every event, keep those in the window, aggregate. It
 * shares no code with the engines, so that it can prove them wrong.
 *
 * @param windowMillis how far back it looks
 */
record ExpectedFeature(
    String name,
    long windowMillis,
    Function<List<Departure>, @Nullable Object> aggregate,
    boolean isCount) {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] HOPS = {DAY, HOUR, 5 * MINUTE, MINUTE, 10 * SECOND};

  /**
   * The value as of a time.
   *
   * @param events of one key, in any order
   */
  @Nullable Object asOf(long asOfMillis, List<Departure> events) {
    long hop = hop();
    long from = Math.floorDiv(asOfMillis - windowMillis, hop) * hop;
    List<Departure> held =
        events.stream()
            .filter(event -> event.timeMillis() >= from && event.timeMillis() < asOfMillis)
            .toList();
    return held.isEmpty() ? ofNothing() : aggregate.apply(held);
  }

  /** What a key without events has. */
  @Nullable Object ofNothing() {
    return isCount ? (Object) 0L : null;
  }

  /** The largest of 1 s, 10 s, 1 min, 5 min, 1 h and 1 d that is at most a twelfth. */
  private long hop() {
    for (long hop : HOPS) {
      if (hop <= windowMillis / 12) {
        return hop;
      }
    }
    return SECOND;
  }
}
