package io.freshet.oracle;

import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A view and the events of one of its keys, drawn from a seed: the same seed gives the same ones.
 *
 * @param events in no order, with ties, nulls, and at times values that are not finite
 */
public record RandomKey(BoundView view, List<OracleEvent> events) {
  static final int MOST_EVENTS = 120;
  private static final long BASE = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();
  private static final long LIFETIME_SPAN_MILLIS = Duration.ofDays(1).toMillis();
  private static final List<String> TEXTS = List.of("", "a", "ab", "b", "ü", "😀");

  public static RandomKey of(long seed) {
    Random random = new Random(seed);
    BoundView view = RandomView.of(random, null, Duration.ofMinutes(1).toMillis());
    return new RandomKey(view, events(random, view));
  }

  /** The time right after the newest event. */
  public long afterAll() {
    return 1 + events.stream().mapToLong(OracleEvent::timeMillis).max().orElse(BASE);
  }

  /** How long after an event its view's values are of interest, in milliseconds. */
  public long reachMillis() {
    return reachMillis(view);
  }

  static long reachMillis(BoundView view) {
    return view.longestWindowMillis() == 0 ? LIFETIME_SPAN_MILLIS : view.longestWindowMillis();
  }

  private static List<OracleEvent> events(Random random, BoundView view) {
    long span = 1 + (long) (reachMillis(view) * 2 * random.nextDouble());
    boolean special = random.nextInt(10) == 0;
    List<OracleEvent> events = new ArrayList<>();
    int count = random.nextInt(MOST_EVENTS);
    for (int i = 0; i < count; i++) {
      long time = BASE + random.nextLong(span);
      if (random.nextInt(4) == 0) {
        time = Window.floor(time, hopOf(view));
      } else if (random.nextInt(4) == 0 && !events.isEmpty()) {
        time = events.get(random.nextInt(events.size())).timeMillis();
      }
      events.add(new OracleEvent(time, inputs(random, view, special)));
    }
    return List.copyOf(events);
  }

  /** The hop of one of the view's windows. */
  static long hopOf(BoundView view) {
    return view.features().stream()
        .map(FeaturePlan::window)
        .filter(window -> !window.holdsAll())
        .mapToLong(Window::hopMillis)
        .findFirst()
        .orElse(1000);
  }

  /**
   * @param special whether there may be numbers that are huge or not finite
   */
  static @Nullable Object[] inputs(Random random, BoundView view, boolean special) {
    @Nullable Object[] inputs = new @Nullable Object[view.inputs().size()];
    for (int at = 0; at < inputs.length; at++) {
      inputs[at] = value(random, view.inputs().get(at).type(), special);
    }
    return inputs;
  }

  private static @Nullable Object value(Random random, ValueType type, boolean special) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    return switch (type) {
      case INT64 ->
          special && random.nextInt(3) == 0 ? random.nextLong() : (Object) random.nextLong(-50, 50);
      case FLOAT64 -> special && random.nextInt(9) == 0 ? odd(random) : random.nextInt(4000) / 8.0;
      case STRING -> TEXTS.get(random.nextInt(TEXTS.size()));
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
