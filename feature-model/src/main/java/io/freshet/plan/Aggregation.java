package io.freshet.plan;

import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The aggregations, by Chronon's names in lower case. Inputs that are null do not enter. A count of
 * nothing is 0, every other aggregation of nothing is null.
 */
public enum Aggregation {
  /** How many events, or with an input, in how many events the input is not null. */
  COUNT,
  /** The sum. Of integers it is exact, and null where it does not fit 64 bits. */
  SUM,
  /** The arithmetic mean. */
  AVERAGE,
  /** The least value. */
  MIN,
  /** The greatest value; NaN is greater than every other number. */
  MAX,
  /** The population variance. */
  VARIANCE,
  /** The value of the earliest event; of several at that time, the least value. */
  FIRST,
  /** The value of the latest event; of several at that time, the greatest value. */
  LAST,
  /** The values of the k earliest events, earliest first, by time and then value. */
  FIRST_K,
  /** The values of the k latest events, latest first, by time and then value. */
  LAST_K,
  /** How many distinct values; beyond the bound null or an estimate, as is declared. */
  UNIQUE_COUNT,
  /** An estimate of how many distinct values there are (HyperLogLog). */
  APPROX_UNIQUE_COUNT,
  /** Estimates of percentiles, one for each that is asked for (KLL); NaN does not enter. */
  APPROX_PERCENTILE,
  /** The k greatest values, greatest first; a value that occurs twice is there twice. */
  TOP_K,
  /** The k least values, least first; a value that occurs twice is there twice. */
  BOTTOM_K,
  /** How often each value occurs; null if there are more distinct values than its bound. */
  HISTOGRAM;

  /** Which of the {@link Parameters} an aggregation takes. */
  public enum Takes {
    NOTHING,
    K,
    PERCENTILES,
    BOUND,
    BOUND_AND_CHOICE
  }

  /** The name in definitions: {@code average}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Aggregation> ofWireName(String name) {
    for (Aggregation aggregation : values()) {
      if (aggregation.wireName().equals(name)) {
        return Optional.of(aggregation);
      }
    }
    return Optional.empty();
  }

  /** The value over no events. */
  public @Nullable Object ofNothing() {
    return this == COUNT ? (Object) 0L : null;
  }

  public boolean needsInput() {
    return this != COUNT;
  }

  public Takes takes() {
    return switch (this) {
      case FIRST_K, LAST_K, TOP_K, BOTTOM_K -> Takes.K;
      case APPROX_PERCENTILE -> Takes.PERCENTILES;
      case UNIQUE_COUNT -> Takes.BOUND_AND_CHOICE;
      case HISTOGRAM -> Takes.BOUND;
      default -> Takes.NOTHING;
    };
  }

  /** Whether the aggregation takes inputs of a type. */
  public boolean accepts(ValueType input) {
    return switch (this) {
      case SUM, AVERAGE, VARIANCE, APPROX_PERCENTILE -> input.isNumber();
      case MIN, MAX, TOP_K, BOTTOM_K -> input != ValueType.BOOLEAN;
      case UNIQUE_COUNT, HISTOGRAM -> input != ValueType.FLOAT64;
      case COUNT, FIRST, LAST, FIRST_K, LAST_K, APPROX_UNIQUE_COUNT -> true;
    };
  }

  /**
   * The type of the result over an input type, or empty if the aggregation does not take it.
   *
   * @param inputType null for a count of events
   */
  public Optional<FeatureType> resultType(@Nullable ValueType inputType) {
    if (this == COUNT) {
      return Optional.of(FeatureType.scalar(ValueType.INT64));
    }
    return inputType == null || !accepts(inputType)
        ? Optional.empty()
        : Optional.of(resultOver(inputType));
  }

  private FeatureType resultOver(ValueType inputType) {
    return switch (this) {
      case COUNT, UNIQUE_COUNT, APPROX_UNIQUE_COUNT -> FeatureType.scalar(ValueType.INT64);
      case AVERAGE, VARIANCE -> FeatureType.scalar(ValueType.FLOAT64);
      case SUM, MIN, MAX, FIRST, LAST -> FeatureType.scalar(inputType);
      case FIRST_K, LAST_K, TOP_K, BOTTOM_K -> FeatureType.listOf(inputType);
      case APPROX_PERCENTILE -> FeatureType.listOf(ValueType.FLOAT64);
      case HISTOGRAM -> FeatureType.COUNTS;
    };
  }
}
