package io.freshet.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sums, means and variances of int64 or float64 values in exact arithmetic, rounded once. Where a
 * value is not finite IEEE's rules hold: only opposite infinities and NaN make NaN.
 */
final class ExactNumbers {
  private static final MathContext EXACT_ENOUGH = new MathContext(80);

  private ExactNumbers() {}

  /** Null where it does not fit 64 bits. */
  static @Nullable Object integerSum(List<Object> values) {
    BigInteger sum = BigInteger.ZERO;
    for (Object value : values) {
      sum = sum.add(BigInteger.valueOf((Long) value));
    }
    return sum.bitLength() < Long.SIZE ? sum.longValue() : null;
  }

  static double sum(List<Object> values) {
    double special = notFinite(values);
    return special == 0 ? total(values, x -> x).doubleValue() : special;
  }

  static double average(List<Object> values) {
    double special = notFinite(values);
    return special == 0
        ? total(values, x -> x).divide(count(values), EXACT_ENOUGH).doubleValue()
        : special;
  }

  /** Of the population. */
  static double variance(List<Object> values) {
    if (notFinite(values) != 0) {
      return Double.NaN;
    }
    BigDecimal count = count(values);
    BigDecimal squares = total(values, x -> x.pow(2));
    BigDecimal scaled = squares.multiply(count).subtract(total(values, x -> x).pow(2));
    return scaled.divide(count.pow(2), EXACT_ENOUGH).doubleValue();
  }

  /** The sum of what is not finite, 0 if all is. */
  private static double notFinite(List<Object> values) {
    double special = 0;
    for (Object value : values) {
      double number = ((Number) value).doubleValue();
      special += Double.isFinite(number) ? 0 : number;
    }
    return special;
  }

  private static BigDecimal count(List<Object> values) {
    return BigDecimal.valueOf(values.size());
  }

  private static BigDecimal total(List<Object> values, Function<BigDecimal, BigDecimal> term) {
    BigDecimal total = BigDecimal.ZERO;
    for (Object value : values) {
      BigDecimal exact =
          value instanceof Long integer
              ? BigDecimal.valueOf(integer)
              : new BigDecimal((Double) value);
      total = total.add(term.apply(exact));
    }
    return total;
  }
}
