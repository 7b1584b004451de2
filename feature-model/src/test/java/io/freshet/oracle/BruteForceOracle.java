package io.freshet.oracle;

import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes each feature anew from all events of a key, in exact arithmetic and with nothing of the
 * kernel: the value as of T is the aggregation over the events with event time in {@code [floor(T −
 * w, hop), T)}, where hop is the largest of the ladder that is not above w/12, 1 s at least.
 */
public final class BruteForceOracle {
  private static final long[] LADDER_SECONDS = {1, 10, 60, 300, 3600, 86_400};
  private static final MathContext EXACT_ENOUGH = new MathContext(80);

  private BruteForceOracle() {}

  /**
   * The values of a view's features for one key as of a time.
   *
   * @param events of the key, in any order; those at the time or later do not count
   */
  public static @Nullable Object[] valuesAsOf(
      BoundView view, List<OracleEvent> events, long asOfMillis) {
    return view.features().stream()
        .map(feature -> valueAsOf(view, feature, events, asOfMillis))
        .toArray();
  }

  private static @Nullable Object valueAsOf(
      BoundView view, FeaturePlan feature, List<OracleEvent> events, long asOfMillis) {
    long from = startOf(feature.window().lengthMillis(), asOfMillis);
    List<TimedValue> held = new ArrayList<>();
    for (OracleEvent event : events) {
      Object value =
          feature.input() == FeaturePlan.NO_INPUT ? "counted" : event.inputs()[feature.input()];
      if (value != null && event.timeMillis() >= from && event.timeMillis() < asOfMillis) {
        held.add(new TimedValue(event.timeMillis(), value));
      }
    }
    if (held.isEmpty()) {
      return feature.aggregation().wireName().equals("count") ? 0L : null;
    }
    ValueType type =
        feature.input() == FeaturePlan.NO_INPUT
            ? ValueType.STRING
            : view.inputs().get(feature.input()).type();
    return aggregate(feature.aggregation().wireName(), type, held);
  }

  private static long startOf(long windowMillis, long asOfMillis) {
    long hop = 1000;
    for (long seconds : LADDER_SECONDS) {
      if (seconds * 1000 * 12 <= windowMillis) {
        hop = seconds * 1000;
      }
    }
    long start = asOfMillis - windowMillis;
    return start - Math.floorMod(start, hop);
  }

  private static @Nullable Object aggregate(
      String aggregation, ValueType type, List<TimedValue> held) {
    Comparator<TimedValue> byValue = Comparator.comparing(TimedValue::comparable);
    Comparator<TimedValue> byTime = Comparator.comparingLong(TimedValue::timeMillis);
    Comparator<TimedValue> byTimeThenValue = byTime.thenComparing(byValue);
    return switch (aggregation) {
      case "count" -> (long) held.size();
      case "min" -> held.stream().min(byValue).orElseThrow().value();
      case "max" -> held.stream().max(byValue).orElseThrow().value();
      case "first" -> held.stream().min(byTimeThenValue).orElseThrow().value();
      case "last" -> held.stream().max(byTimeThenValue).orElseThrow().value();
      case "sum" -> type == ValueType.INT64 ? integerSum(held) : numeric(aggregation, held);
      case "average", "variance" -> numeric(aggregation, held);
      default -> throw new IllegalArgumentException("Cannot check " + aggregation + ": unknown");
    };
  }

  private static @Nullable Object integerSum(List<TimedValue> held) {
    BigInteger sum = BigInteger.ZERO;
    for (TimedValue one : held) {
      sum = sum.add(BigInteger.valueOf((Long) one.value()));
    }
    return sum.bitLength() < Long.SIZE ? sum.longValue() : null;
  }

  /** IEEE's rules where a value is not finite: only opposite infinities and NaN make NaN. */
  private static double numeric(String aggregation, List<TimedValue> held) {
    double special = 0;
    for (TimedValue one : held) {
      double value = ((Number) one.value()).doubleValue();
      special += Double.isFinite(value) ? 0 : value;
    }
    if (special != 0) {
      return aggregation.equals("variance") ? Double.NaN : special;
    }
    BigDecimal count = BigDecimal.valueOf(held.size());
    BigDecimal sum = BigDecimal.ZERO;
    for (TimedValue one : held) {
      sum = sum.add(one.exact());
    }
    if (aggregation.equals("sum")) {
      return sum.doubleValue();
    }
    if (aggregation.equals("average")) {
      return sum.divide(count, EXACT_ENOUGH).doubleValue();
    }
    BigDecimal squares = BigDecimal.ZERO;
    for (TimedValue one : held) {
      squares = squares.add(one.exact().pow(2));
    }
    BigDecimal scaled = squares.multiply(count).subtract(sum.pow(2));
    return scaled.divide(count.pow(2), EXACT_ENOUGH).doubleValue();
  }

  private record TimedValue(long timeMillis, Object value) {
    BigDecimal exact() {
      return value instanceof Long integer
          ? BigDecimal.valueOf(integer)
          : new BigDecimal((Double) value);
    }

    @SuppressWarnings("unchecked") // All values of an input are of one class that compares itself.
    Comparable<Object> comparable() {
      return (Comparable<Object>) value;
    }
  }
}
