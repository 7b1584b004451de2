package io.freshet.oracle;

import io.freshet.plan.BeyondBound;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes each feature anew from all events of a key, in exact arithmetic and with nothing of the
 * kernel: the value as of T is the aggregation over the events with event time in {@code [floor(T −
 * w, hop), T)}, where hop is the largest of the ladder that is not above w/12, 1 s at least; or
 * over all events before T. Distinct values are counted and percentiles picked from the sorted
 * values, also where the kernel estimates them: for up to {@link #EXACT_SKETCHES} values it must
 * not differ.
 */
public final class BruteForceOracle {
  /** Up to so many values the kernel's sketches are exact. */
  public static final int EXACT_SKETCHES = 200;

  private static final long[] LADDER_SECONDS = {1, 10, 60, 300, 3600, 86_400};

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
    long from = startOf(feature.window(), asOfMillis);
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
    return aggregate(feature, type, held);
  }

  private static long startOf(Window window, long asOfMillis) {
    if (window.holdsAll()) {
      return Long.MIN_VALUE;
    }
    long hop = 1000;
    for (long seconds : LADDER_SECONDS) {
      if (seconds * 1000 * 12 <= window.lengthMillis()) {
        hop = seconds * 1000;
      }
    }
    long start = asOfMillis - window.lengthMillis();
    return start - Math.floorMod(start, hop);
  }

  private static @Nullable Object aggregate(
      FeaturePlan feature, ValueType type, List<TimedValue> held) {
    Comparator<TimedValue> byValue = Comparator.comparing(TimedValue::comparable);
    Comparator<TimedValue> byTime = Comparator.comparingLong(TimedValue::timeMillis);
    Comparator<TimedValue> byTimeThenValue = byTime.thenComparing(byValue);
    List<Object> values = held.stream().map(TimedValue::value).toList();
    String aggregation = feature.aggregation().wireName();
    return switch (aggregation) {
      case "count" -> (long) held.size();
      case "min" -> ordered(held, byValue, 1).get(0);
      case "max" -> ordered(held, byValue.reversed(), 1).get(0);
      case "first" -> ordered(held, byTimeThenValue, 1).get(0);
      case "last" -> ordered(held, byTimeThenValue.reversed(), 1).get(0);
      case "first_k" -> ordered(held, byTimeThenValue, feature.parameters().k());
      case "last_k" -> ordered(held, byTimeThenValue.reversed(), feature.parameters().k());
      case "bottom_k" -> ordered(held, byValue, feature.parameters().k());
      case "top_k" -> ordered(held, byValue.reversed(), feature.parameters().k());
      case "sum" ->
          type == ValueType.INT64 ? ExactNumbers.integerSum(values) : ExactNumbers.sum(values);
      case "average" -> ExactNumbers.average(values);
      case "variance" -> ExactNumbers.variance(values);
      case "unique_count" -> uniqueCount(feature, values);
      case "approx_unique_count" -> distinct(values);
      case "approx_percentile" -> percentiles(feature.parameters().percentiles(), values);
      case "histogram" -> histogram(feature, values);
      default -> throw new IllegalArgumentException("Cannot check " + aggregation + ": unknown");
    };
  }

  private static List<Object> ordered(List<TimedValue> held, Comparator<TimedValue> order, int k) {
    return held.stream().sorted(order).limit(k).map(TimedValue::value).toList();
  }

  private static long distinct(List<Object> values) {
    return new HashSet<>(values).size();
  }

  private static @Nullable Object uniqueCount(FeaturePlan feature, List<Object> values) {
    long distinct = distinct(values);
    boolean refused = feature.parameters().beyondBound() == BeyondBound.REFUSED;
    return refused && distinct > feature.parameters().bound() ? null : (Object) distinct;
  }

  /** The value at place ceil(p · n) of the sorted values, the first at least. */
  private static @Nullable Object percentiles(List<Double> percentiles, List<Object> values) {
    List<Double> sorted =
        values.stream()
            .map(value -> ((Number) value).doubleValue())
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toList();
    if (sorted.isEmpty()) {
      return null;
    }
    BigDecimal size = BigDecimal.valueOf(sorted.size());
    return percentiles.stream()
        .map(p -> BigDecimal.valueOf(p).multiply(size).setScale(0, RoundingMode.CEILING))
        .map(place -> sorted.get(Math.max(1, place.intValueExact()) - 1))
        .toList();
  }

  private static @Nullable Object histogram(FeaturePlan feature, List<Object> values) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Object value : values) {
      String text =
          value instanceof Instant time
              ? DateTimeFormatter.ISO_INSTANT.format(time)
              : String.valueOf(value);
      counts.put(text, counts.getOrDefault(text, 0L) + 1);
    }
    return counts.size() > feature.parameters().bound() ? null : counts;
  }

  private record TimedValue(long timeMillis, Object value) {
    @SuppressWarnings("unchecked") // All values of an input are of one class that compares itself.
    Comparable<Object> comparable() {
      return (Comparable<Object>) value;
    }
  }
}
