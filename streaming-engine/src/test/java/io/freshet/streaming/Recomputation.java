package io.freshet.streaming;

import java.util.Arrays;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a view of {@link Flights#view} must serve, computed from the events and nothing else. */
public final class Recomputation {
  private Recomputation() {}

  /** The features as of a time: the events in {@code [floor(asOf - window, hop), asOf)}. */
  public static @Nullable Object[] features(
      List<Departure> events, String origin, long windowMillis, long hopMillis, long asOfMillis) {
    long from = Math.floorDiv(asOfMillis - windowMillis, hopMillis) * hopMillis;
    List<Departure> held =
        events.stream()
            .filter(event -> event.origin().equals(origin))
            .filter(event -> event.atMillis() >= from && event.atMillis() < asOfMillis)
            .toList();
    LongSummaryStatistics delays =
        held.stream()
            .map(Departure::delay)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .summaryStatistics();
    boolean none = delays.getCount() == 0;
    @Nullable Object[] features = new @Nullable Object[4];
    features[0] = (long) held.size();
    if (!none) {
      features[1] = delays.getSum();
      features[2] = delays.getAverage();
      features[3] = delays.getMax();
    }
    return features;
  }

  /** Equal, floating point within 1e-9 relative. */
  public static boolean same(@Nullable Object[] served, @Nullable Object[] expected) {
    if (served.length != expected.length) {
      return false;
    }
    for (int i = 0; i < served.length; i++) {
      if (served[i] instanceof Double one && expected[i] instanceof Double other) {
        if (Math.abs(one - other) > 1e-9 * Math.max(1, Math.abs(other))) {
          return false;
        }
      } else if (!Objects.equals(served[i], expected[i])) {
        return false;
      }
    }
    return true;
  }

  public static String text(@Nullable Object[] values) {
    return Arrays.toString(values);
  }
}
