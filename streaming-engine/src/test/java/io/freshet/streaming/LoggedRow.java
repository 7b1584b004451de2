package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.ViewPlan;
import io.freshet.store.Version;
import io.freshet.window.Window;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row of a feature log, of a view of {@link Flights#view}. */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record LoggedRow(String origin, Version version, @Nullable Object[] features) {
  /** Each row is there once, and each origin's newest is what the events give as of its time. */
  public static void matchRecomputation(
      List<LoggedRow> rows, ViewPlan plan, List<Departure> events) {
    Set<List<Object>> places = new HashSet<>();
    Map<String, LoggedRow> newest = new TreeMap<>();
    for (LoggedRow row : rows) {
      assertThat(places.add(List.of(row.origin(), row.version())))
          .as("%s of %s is there once", row.version(), row.origin())
          .isTrue();
      newest.merge(row.origin(), row, LoggedRow::newer);
    }
    assertThat(newest.keySet())
        .containsExactlyInAnyOrderElementsOf(
            events.stream().map(Departure::origin).distinct().toList());
    Window window = plan.view().features().get(0).window();
    for (LoggedRow row : newest.values()) {
      long latest =
          events.stream()
              .filter(event -> event.origin().equals(row.origin()))
              .map(Departure::atMillis)
              .max(Comparator.naturalOrder())
              .orElseThrow();
      assertThat(row.version().asOfMillis()).isGreaterThan(latest);
      @Nullable Object[] expected =
          Recomputation.features(
              events,
              row.origin(),
              window.lengthMillis(),
              window.hopMillis(),
              row.version().asOfMillis());
      assertThat(Recomputation.same(row.features(), expected))
          .as(
              "%s as of %d: logged %s, expected %s",
              row.origin(),
              row.version().asOfMillis(),
              Recomputation.text(row.features()),
              Recomputation.text(expected))
          .isTrue();
    }
  }

  private static LoggedRow newer(LoggedRow one, LoggedRow other) {
    return other.version().compareTo(one.version()) > 0 ? other : one;
  }
}
