package io.freshet.batch.materialize;

import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.window.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which days the windows of a view reach back to, and which they leave from one tick to another.
 */
record MovedWindows(List<Window> windows) {
  static MovedWindows of(BoundView view) {
    return new MovedWindows(
        view.features().stream()
            .map(FeaturePlan::window)
            .filter(window -> !window.holdsAll())
            .distinct()
            .toList());
  }

  /**
   * The days in which tiles start that some window held as of the one tick and not of the other.
   */
  Set<LocalDate> leftDays(Instant from, Instant to) {
    Set<LocalDate> days = new TreeSet<>();
    for (Window window : windows) {
      long start = window.startAsOf(from.toEpochMilli());
      long end = window.startAsOf(to.toEpochMilli());
      if (start < end) {
        daysOf(start, end - 1).forEach(days::add);
      }
    }
    return days;
  }

  /** The first day that a window reaches as of a tick; the tick's own if there is no window. */
  LocalDate firstDay(Instant tick) {
    return windows.stream()
        .map(window -> dayOf(window.startAsOf(tick.toEpochMilli())))
        .min(LocalDate::compareTo)
        .orElse(dayOf(tick.toEpochMilli()));
  }

  private static Stream<LocalDate> daysOf(long firstMillis, long lastMillis) {
    return dayOf(firstMillis).datesUntil(dayOf(lastMillis).plusDays(1));
  }

  private static LocalDate dayOf(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
