package io.freshet.plan;

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
  LAST;

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

  public boolean needsInput() {
    return this != COUNT;
  }

  /**
   * The type of the result over an input type, or empty if the aggregation does not take it.
   *
   * @param inputType null for a count of events
   */
  public Optional<ValueType> resultType(@Nullable ValueType inputType) {
    if (this == COUNT) {
      return Optional.of(ValueType.INT64);
    }
    if (inputType == null) {
      return Optional.empty();
    }
    return switch (this) {
      case SUM -> inputType.isNumber() ? Optional.of(inputType) : Optional.empty();
      case AVERAGE, VARIANCE ->
          inputType.isNumber() ? Optional.of(ValueType.FLOAT64) : Optional.empty();
      case MIN, MAX -> inputType == ValueType.BOOLEAN ? Optional.empty() : Optional.of(inputType);
      case FIRST, LAST -> Optional.of(inputType);
      case COUNT -> throw new AssertionError("answered above");
    };
  }
}
