package io.freshet.batch;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A source of flights, views over it, and events of it. */
final class Flights {
  static final String PROJECT = "flights";
  private static final List<String> AIRPORTS = List.of("ATL", "BOS", "DEN", "JFK", "SFO");

  private Flights() {}

  /** A departure; a delay in minutes that is null is unknown. */
  record Flight(
      Instant at, String origin, String destination, @Nullable Long delay, double distance) {
    String json() {
      return "{\"at\":\"%s\",\"origin\":\"%s\",\"destination\":\"%s\",\"delay\":%s,\"distance\":%s}"
          .formatted(at, origin, destination, delay, distance);
    }
  }

  static SourcePlan source(String name) {
    return new SourcePlan(
        PROJECT,
        name,
        List.of(
            Column.required("at", ValueType.TIMESTAMP),
            Column.required("origin", ValueType.STRING),
            Column.required("destination", ValueType.STRING),
            Column.optional("delay", ValueType.INT64),
            Column.optional("distance", ValueType.FLOAT64)),
        "at",
        "topic-" + name,
        5_000,
        60_000);
  }

  /** Every aggregation over windows of several hops, by origin. */
  static ViewPlan originDelays(int number, String source) {
    return view(
        number,
        source,
        List.of("origin"),
        List.of(
            feature("departures_1h", Aggregation.COUNT, FeaturePlan.NO_INPUT, 1, ValueType.INT64),
            feature("departures_3d", Aggregation.COUNT, FeaturePlan.NO_INPUT, 72, ValueType.INT64),
            feature("known_6h", Aggregation.COUNT, 0, 6, ValueType.INT64),
            feature("delay_sum_6h", Aggregation.SUM, 0, 6, ValueType.INT64),
            feature("delay_average_3h", Aggregation.AVERAGE, 0, 3, ValueType.FLOAT64),
            feature("delay_min_3d", Aggregation.MIN, 0, 72, ValueType.INT64),
            feature("distance_max_12h", Aggregation.MAX, 1, 12, ValueType.FLOAT64),
            feature("distance_variance_12h", Aggregation.VARIANCE, 1, 12, ValueType.FLOAT64),
            feature("distance_sum_3d", Aggregation.SUM, 1, 72, ValueType.FLOAT64),
            feature("delay_first_6h", Aggregation.FIRST, 0, 6, ValueType.INT64),
            feature("delay_last_6h", Aggregation.LAST, 0, 6, ValueType.INT64)));
  }

  /** A few features by route. */
  static ViewPlan routeDelays(int number, String source) {
    return view(
        number,
        source,
        List.of("origin", "destination"),
        List.of(
            feature("departures_6h", Aggregation.COUNT, FeaturePlan.NO_INPUT, 6, ValueType.INT64),
            feature("delay_average_6h", Aggregation.AVERAGE, 0, 6, ValueType.FLOAT64)));
  }

  static ViewPlan view(int number, String source, List<String> keys, List<FeaturePlan> features) {
    return view(
        number,
        source,
        keys,
        List.of(
            new InputPlan("delay", ValueType.INT64), new InputPlan("distance", ValueType.FLOAT64)),
        features);
  }

  static ViewPlan view(
      int number,
      String source,
      List<String> keys,
      List<InputPlan> inputs,
      List<FeaturePlan> features) {
    BoundView view =
        new BoundView(
            PROJECT,
            "view_" + number,
            String.join("_", keys) + "_of_" + source,
            keys.stream().map(key -> Column.required(key, ValueType.STRING)).toList(),
            source,
            keys,
            null,
            inputs,
            features,
            Delivery.EXACTLY_ONCE,
            Duration.ofDays(30).toMillis(),
            0,
            0);
    return ViewPlan.live(view, number, Tier.HOURLY, 1);
  }

  static FeaturePlan feature(
      String name, Aggregation aggregation, int input, int hours, ValueType type) {
    Window window = Window.ofMillis(Duration.ofHours(hours).toMillis());
    return new FeaturePlan(name, aggregation, input, window, FeatureType.scalar(type));
  }

  /** Flights at random times, several at the same one, between two times. */
  static List<Flight> random(long seed, int count, Instant from, Instant to) {
    Random random = new Random(seed);
    long seconds = Duration.between(from, to).toSeconds();
    List<Flight> flights = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      flights.add(
          new Flight(
              from.plusSeconds(random.nextLong(seconds)),
              AIRPORTS.get(random.nextInt(AIRPORTS.size())),
              AIRPORTS.get(random.nextInt(AIRPORTS.size())),
              random.nextInt(10) == 0 ? null : random.nextLong(-20, 180),
              random.nextInt(20_000) / 7.0));
    }
    return flights;
  }
}
