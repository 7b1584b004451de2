package io.freshet.benchmark;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The view that is measured: five aggregations of one double over each of three windows. No two of
 * the aggregations share an intermediate result. The windows' hops are 5 min, 1 h and 1 h.
 */
final class BenchmarkView {
  static final List<Aggregation> AGGREGATIONS =
      List.of(
          Aggregation.COUNT,
          Aggregation.AVERAGE,
          Aggregation.VARIANCE,
          Aggregation.MIN,
          Aggregation.MAX);
  static final List<Window> WINDOWS =
      List.of(
          Window.ofMillis(Duration.ofHours(1).toMillis()),
          Window.ofMillis(Duration.ofHours(12).toMillis()),
          Window.ofMillis(Duration.ofDays(6).toMillis()));
  static final Window LONGEST = WINDOWS.get(WINDOWS.size() - 1);

  private BenchmarkView() {}

  /** Its features are ordered by window, and within a window by aggregation. */
  static BoundView bound() {
    return new BoundView(
        "benchmark",
        "view",
        "entity",
        List.of(Column.required("key", ValueType.STRING)),
        "source",
        List.of("key"),
        null,
        List.of(new InputPlan("value", ValueType.FLOAT64)),
        features(),
        Delivery.EXACTLY_ONCE,
        2 * LONGEST.lengthMillis(),
        0,
        0);
  }

  private static List<FeaturePlan> features() {
    List<FeaturePlan> features = new ArrayList<>();
    for (Window window : WINDOWS) {
      for (Aggregation aggregation : AGGREGATIONS) {
        String name = aggregation.wireName() + "_" + window.lengthMillis();
        FeatureType type = aggregation.resultType(ValueType.FLOAT64).orElseThrow();
        features.add(new FeaturePlan(name, aggregation, 0, window, type));
      }
    }
    return features;
  }
}
