package io.freshet.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BeyondBound;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.Parameters;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compared with states that events really entered until their windows were full. */
class StateSizeTest {
  private static final Window HOUR = Window.ofMillis(Duration.ofHours(1).toMillis());
  private static final Window WEEK = Window.ofMillis(Duration.ofDays(7).toMillis());
  private static final Window MONTH = Window.ofMillis(Duration.ofDays(30).toMillis());
  private static final int NUMBER = 0;
  private static final int TEXT = 1;

  static Stream<List<FeaturePlan>> views() {
    return Stream.of(
        List.of(feature(Aggregation.COUNT, HOUR), feature(Aggregation.AVERAGE, WEEK)),
        List.of(feature(Aggregation.VARIANCE, HOUR), feature(Aggregation.MAX, MONTH)),
        List.of(feature(Aggregation.SUM, Window.LIFETIME), feature(Aggregation.MIN, HOUR)),
        List.of(feature(Aggregation.LAST, TEXT, Parameters.NONE, WEEK)),
        List.of(feature(Aggregation.TOP_K, NUMBER, Parameters.ofK(10), WEEK)),
        List.of(feature(Aggregation.LAST_K, TEXT, Parameters.ofK(100), HOUR)),
        List.of(feature(Aggregation.APPROX_UNIQUE_COUNT, WEEK)),
        List.of(feature(Aggregation.APPROX_PERCENTILE, NUMBER, percentiles(), WEEK)),
        List.of(
            feature(
                Aggregation.UNIQUE_COUNT,
                TEXT,
                Parameters.ofBound(1000, BeyondBound.APPROXIMATE),
                HOUR),
            feature(
                Aggregation.HISTOGRAM, TEXT, Parameters.ofBound(100, BeyondBound.REFUSED), HOUR)));
  }

  @ParameterizedTest
  @MethodSource("views")
  void isWithinAFactorOfTwoOfAStateWithFullWindows(List<FeaturePlan> features) {
    BoundView view = view(features);

    double encoded = encodedOfFullWindows(view);

    assertThat(StateSize.bytesAKey(view) / encoded).isBetween(0.5, 2.0);
  }

  @Test
  void aSketchOfALifetimeCountsAsALargeOne() {
    BoundView window = view(List.of(feature(Aggregation.APPROX_UNIQUE_COUNT, HOUR)));
    BoundView lifetime = view(List.of(feature(Aggregation.APPROX_UNIQUE_COUNT, Window.LIFETIME)));

    assertThat(StateSize.bytesAKey(lifetime)).isBetween(2_000L, 10_000L);
    assertThat(StateSize.bytesAKey(window)).isLessThan(4_000L);
  }

  /** An event goes into every tile that stays, as often as is typical, in each round of a hop. */
  private static double encodedOfFullWindows(BoundView view) {
    ViewAggregator kernel = ViewAggregator.of(view);
    KeyTiles tiles = kernel.empty();
    long longest = Math.max(view.longestWindowMillis(), HOUR.lengthMillis());
    long now = Duration.ofDays(400).toMillis();
    long entered = 0;
    for (long time = now - longest; time < now; time += stepAt(view, now - time)) {
      kernel.add(
          tiles, time, new @Nullable Object[] {(double) entered, "value-%06d".formatted(entered)});
      entered++;
    }
    kernel.compact(tiles, now);
    return kernel.encode(tiles).length;
  }

  /** Between two events of an age, so that each tile of the hop there gets its typical number. */
  private static long stepAt(BoundView view, long age) {
    long hop =
        view.features().stream()
            .map(FeaturePlan::window)
            .filter(window -> !window.holdsAll() && window.lengthMillis() >= age)
            .mapToLong(Window::hopMillis)
            .min()
            .orElse(HOUR.hopMillis());
    return hop / StateSize.EVENTS_A_TILE;
  }

  private static Parameters percentiles() {
    return Parameters.ofPercentiles(List.of(0.5, 0.99));
  }

  private static FeaturePlan feature(Aggregation aggregation, Window window) {
    return feature(aggregation, NUMBER, Parameters.NONE, window);
  }

  private static FeaturePlan feature(
      Aggregation aggregation, int input, Parameters parameters, Window window) {
    ValueType type = input == TEXT ? ValueType.STRING : ValueType.FLOAT64;
    return new FeaturePlan(
        aggregation.wireName() + "_" + window.lengthMillis(),
        aggregation,
        parameters,
        aggregation == Aggregation.COUNT ? FeaturePlan.NO_INPUT : input,
        window,
        aggregation.resultType(type).orElseThrow());
  }

  private static BoundView view(List<FeaturePlan> features) {
    return new BoundView(
        "flights",
        "sized",
        "airport",
        List.of(Column.required("origin", ValueType.STRING)),
        "departures",
        List.of("origin"),
        null,
        List.of(new InputPlan("delay", ValueType.FLOAT64), new InputPlan("gate", ValueType.STRING)),
        features,
        Delivery.EXACTLY_ONCE,
        Duration.ofDays(60).toMillis(),
        0,
        0);
  }
}
