package io.freshet.oracle;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A view and the events of one of its keys, drawn from a seed: the same seed gives the same ones.
 *
 * @param events in no order, with ties, nulls, and at times values that are not finite
 */
public record RandomKey(BoundView view, List<OracleEvent> events) {
  private static final long BASE = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final List<Aggregation> AGGREGATIONS =
      List.copyOf(EnumSet.range(Aggregation.COUNT, Aggregation.LAST));
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
  private static final int MOST_EVENTS = 120;

  public static RandomKey of(long seed) {
    Random random = new Random(seed);
    List<InputPlan> inputs = new ArrayList<>();
    for (ValueType type : ValueType.values()) {
      inputs.add(new InputPlan("c_" + type.wireName(), type));
    }
    BoundView view = view(inputs, features(random, inputs));
    return new RandomKey(view, events(random, view));
  }

  /** The time right after the newest event. */
  public long afterAll() {
    return 1 + events.stream().mapToLong(OracleEvent::timeMillis).max().orElse(BASE);
  }

  private static BoundView view(List<InputPlan> inputs, List<FeaturePlan> features) {
    return new BoundView(
        "random",
        "view",
        "entity",
        List.of(Column.required("key", ValueType.STRING)),
        "source",
        List.of("key"),
        null,
        inputs,
        features,
        Delivery.EXACTLY_ONCE,
        2_073_600_000L,
        60_000,
        0);
  }

  private static List<FeaturePlan> features(Random random, List<InputPlan> inputs) {
    List<FeaturePlan> features = new ArrayList<>();
    int wanted = 1 + random.nextInt(8);
    while (features.size() < wanted) {
      Aggregation aggregation = AGGREGATIONS.get(random.nextInt(AGGREGATIONS.size()));
      int input = random.nextInt(inputs.size() + 1) - 1;
      ValueType type = input == FeaturePlan.NO_INPUT ? null : inputs.get(input).type();
      Optional<FeatureType> result = aggregation.resultType(type);
      if (result.isPresent()) {
        Window window = Window.ofMillis(WINDOWS_MILLIS[random.nextInt(WINDOWS_MILLIS.length)]);
        String name = "f" + features.size();
        features.add(new FeaturePlan(name, aggregation, input, window, result.get()));
      }
    }
    return List.copyOf(features);
  }

  private static List<OracleEvent> events(Random random, BoundView view) {
    long span = 1 + (long) (view.longestWindowMillis() * 2 * random.nextDouble());
    boolean special = random.nextInt(10) == 0;
    List<OracleEvent> events = new ArrayList<>();
    int count = random.nextInt(MOST_EVENTS);
    for (int i = 0; i < count; i++) {
      long time = BASE + random.nextLong(span);
      if (random.nextInt(4) == 0) {
        time = Window.floor(time, view.features().get(0).window().hopMillis());
      } else if (random.nextInt(4) == 0 && !events.isEmpty()) {
        time = events.get(random.nextInt(events.size())).timeMillis();
      }
      @Nullable Object[] inputs = new @Nullable Object[view.inputs().size()];
      for (int at = 0; at < inputs.length; at++) {
        inputs[at] = value(random, view.inputs().get(at).type(), special);
      }
      events.add(new OracleEvent(time, inputs));
    }
    return List.copyOf(events);
  }

  private static @Nullable Object value(Random random, ValueType type, boolean special) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    return switch (type) {
      case INT64 ->
          special && random.nextInt(3) == 0 ? random.nextLong() : (Object) random.nextLong(-50, 50);
      case FLOAT64 -> special && random.nextInt(9) == 0 ? odd(random) : random.nextInt(4000) / 8.0;
      case STRING -> List.of("", "a", "ab", "b", "ü", "😀").get(random.nextInt(6));
      case BOOLEAN -> random.nextBoolean();
      case TIMESTAMP -> Instant.ofEpochMilli(BASE + random.nextInt(1000));
    };
  }

  private static double odd(Random random) {
    double[] values = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE
    };
    return values[random.nextInt(values.length)];
  }
}
