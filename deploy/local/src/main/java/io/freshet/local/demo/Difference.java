package io.freshet.local.demo;

import org.jspecify.annotations.Nullable;

/** How two values of a feature differ. */
final class Difference {
  /** What different orders of adding the same doubles may make. */
  static final double TOLERANCE = 1e-9;

  /** A variance of equal values may come out as this instead of 0. */
  private static final double NOTHING = 1e-12;

  private Difference() {}

  /**
   * The relative difference: 0 if they are equal, infinite if they cannot be compared or one of
   * them is missing.
   */
  static double between(@Nullable Object expected, @Nullable Object served) {
    if (expected == null || served == null) {
      return expected == served ? 0 : Double.POSITIVE_INFINITY;
    }
    if (expected instanceof Double || served instanceof Double) {
      return expected instanceof Number left && served instanceof Number right
          ? relative(left.doubleValue(), right.doubleValue())
          : Double.POSITIVE_INFINITY;
    }
    return expected.equals(served) ? 0 : Double.POSITIVE_INFINITY;
  }

  private static double relative(double expected, double served) {
    double difference = Math.abs(expected - served);
    if (Double.compare(expected, served) == 0 || difference <= NOTHING) {
      return 0;
    }
    return Double.isNaN(difference)
        ? Double.POSITIVE_INFINITY
        : difference / Math.max(Math.abs(expected), Math.abs(served));
  }
}
