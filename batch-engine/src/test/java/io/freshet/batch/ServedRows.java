package io.freshet.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.plan.ViewPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares what the online store serves with what it should. */
final class ServedRows {
  private static final double RELATIVE_TOLERANCE = 1e-9;

  private ServedRows() {}

  static void assertEqual(
      Scenario flights, ViewPlan view, Map<List<String>, List<@Nullable Object>> expected) {
    assertSame(flights.served(view, expected.keySet()), expected);
  }

  static void assertSame(
      Map<List<String>, List<@Nullable Object>> actual,
      Map<List<String>, List<@Nullable Object>> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((key, row) -> assertRow(key, requireNonNull(actual.get(key)), row));
  }

  private static void assertRow(
      List<String> key, List<@Nullable Object> actual, List<@Nullable Object> expected) {
    assertThat(actual).as("%s", key).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i) instanceof Double number && actual.get(i) instanceof Double value) {
        double tolerance = RELATIVE_TOLERANCE * Math.max(1, Math.abs(number));
        assertThat(value).as("%s, column %d", key, i).isCloseTo(number, within(tolerance));
      } else {
        assertThat(actual.get(i)).as("%s, column %d", key, i).isEqualTo(expected.get(i));
      }
    }
  }
}
