package io.freshet.benchmark.batch;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The source of the flights, and views of it: count, sum and average of delays over windows. */
final class FlightViews {
  static final SourcePlan SOURCE =
      new SourcePlan(
          "flights",
          "departures",
          List.of(
              Column.required("at", ValueType.TIMESTAMP),
              Column.required("origin", ValueType.STRING),
              Column.required("destination", ValueType.STRING),
              Column.optional("delay", ValueType.INT64),
              Column.optional("distance", ValueType.FLOAT64)),
          "at",
          "unused",
          0,
          Duration.ofDays(1).toMillis());

  static final Window WEEK = Window.ofMillis(Duration.ofDays(7).toMillis());
  static final Window MONTH = Window.ofMillis(Duration.ofDays(30).toMillis());

  private static final List<InputPlan> INPUTS = List.of(new InputPlan("delay", ValueType.INT64));
  private static final Duration TTL = Duration.ofDays(3_650);
  private static final int DELAY = 0;

  private FlightViews() {}

  /**
   * Daily views of airports and routes.
   *
   * @param first the number of the first of the two
   */
  static List<ViewPlan> daily(int first, List<Window> windows) {
    return List.of(
        view(first, List.of("origin"), Tier.DAILY, windows),
        view(first + 1, List.of("origin", "destination"), Tier.DAILY, windows));
  }

  static ViewPlan view(int number, List<String> keys, Tier tier, List<Window> windows) {
    List<FeaturePlan> features = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      features.addAll(delays(i, windows.get(i)));
    }
    BoundView view =
        new BoundView(
            SOURCE.project(),
            "view_" + number,
            String.join("_", keys),
            keys.stream().map(key -> Column.required(key, ValueType.STRING)).toList(),
            SOURCE.name(),
            keys,
            null,
            INPUTS,
            features,
            Delivery.EXACTLY_ONCE,
            TTL.toMillis(),
            0,
            0);
    return ViewPlan.live(view, number, tier, 1);
  }

  /**
   * The name of a count.
   *
   * @param window its index among those of the view
   */
  static String count(int window) {
    return "count_" + window;
  }

  private static List<FeaturePlan> delays(int index, Window window) {
    FeatureType integer = FeatureType.scalar(ValueType.INT64);
    FeatureType real = FeatureType.scalar(ValueType.FLOAT64);
    return List.of(
        new FeaturePlan(count(index), Aggregation.COUNT, FeaturePlan.NO_INPUT, window, integer),
        new FeaturePlan("sum_" + index, Aggregation.SUM, DELAY, window, integer),
        new FeaturePlan("average_" + index, Aggregation.AVERAGE, DELAY, window, real));
  }
}
