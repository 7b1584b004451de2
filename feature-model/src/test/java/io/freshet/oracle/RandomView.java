package io.freshet.oracle;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BeyondBound;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.Parameters;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Draws views: any aggregation over any type that it takes, with any parameters, over windows of
 * every hop or over all events. Bounds are small, so that they are often exceeded.
 */
final class RandomView {
  /** The columns of a random source; JSON has no NaN and no infinities, a quotient makes them. */
  static final List<InputPlan> INPUTS =
      List.of(
          new InputPlan("c_int64", ValueType.INT64),
          new InputPlan("c_float64 / c_divisor", ValueType.FLOAT64),
          new InputPlan("c_string", ValueType.STRING),
          new InputPlan("c_boolean", ValueType.BOOLEAN),
          new InputPlan("c_timestamp", ValueType.TIMESTAMP));

  private static final long[] WINDOWS_MILLIS = {
    1000,
    1500,
    10_000,
    12_000,
    60_000,
    119_999,
    120_000,
    600_000,
    3_600_000,
    5_400_000,
    43_200_000,
    604_800_000L,
    1_036_800_000L
  };
  private static final int MOST_FEATURES = 8;
  private static final int FEATURES_A_LIFETIME = 7;
  private static final double[] PERCENTILES = {0, 0.07, 0.25, 0.5, 0.9, 0.99, 1};

  private RandomView() {}

  static BoundView of(Random random, @Nullable String filter, long allowedLatenessMillis) {
    return new BoundView(
        "random",
        "view",
        "entity",
        List.of(Column.required("key", ValueType.STRING)),
        "source",
        List.of("key"),
        filter,
        INPUTS,
        features(random),
        Delivery.EXACTLY_ONCE,
        Duration.ofDays(24).toMillis(),
        allowedLatenessMillis,
        0);
  }

  private static List<FeaturePlan> features(Random random) {
    List<FeaturePlan> features = new ArrayList<>();
    int wanted = 1 + random.nextInt(MOST_FEATURES);
    Aggregation[] aggregations = Aggregation.values();
    while (features.size() < wanted) {
      Aggregation aggregation = aggregations[random.nextInt(aggregations.length)];
      int input = random.nextInt(INPUTS.size() + 1) - 1;
      ValueType type = input == FeaturePlan.NO_INPUT ? null : INPUTS.get(input).type();
      Optional<FeatureType> result = aggregation.resultType(type);
      if (result.isPresent()) {
        String name = "f" + features.size();
        features.add(
            new FeaturePlan(
                name,
                aggregation,
                parameters(random, aggregation),
                input,
                window(random),
                result.get()));
      }
    }
    return List.copyOf(features);
  }

  private static Window window(Random random) {
    return random.nextInt(FEATURES_A_LIFETIME) == 0
        ? Window.LIFETIME
        : Window.ofMillis(WINDOWS_MILLIS[random.nextInt(WINDOWS_MILLIS.length)]);
  }

  private static Parameters parameters(Random random, Aggregation aggregation) {
    return switch (aggregation.takes()) {
      case NOTHING -> Parameters.NONE;
      case K -> Parameters.ofK(random.nextInt(8) == 0 ? Parameters.MOST_K : 1 + random.nextInt(5));
      case PERCENTILES -> Parameters.ofPercentiles(percentiles(random));
      case BOUND -> Parameters.ofBound(bound(random), BeyondBound.REFUSED);
      case BOUND_AND_CHOICE ->
          Parameters.ofBound(
              bound(random), random.nextBoolean() ? BeyondBound.REFUSED : BeyondBound.APPROXIMATE);
    };
  }

  private static int bound(Random random) {
    return 1 + random.nextInt(random.nextBoolean() ? 6 : Parameters.DEFAULT_BARS);
  }

  private static List<Double> percentiles(Random random) {
    List<Double> percentiles = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      percentiles.add(
          random.nextInt(3) == 0
              ? random.nextInt(1000) / 1000.0
              : PERCENTILES[random.nextInt(PERCENTILES.length)]);
    }
    return percentiles.stream().distinct().toList();
  }
}
