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
  /**
   * The value as of a time.
   *
   * @param events of one key, in any order
   */
  @Nullable Object asOf(long asOfMillis, List<Departure> events) {
    long from = Windows.startAsOf(asOfMillis, windowMillis);
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
}
