package io.freshet.local.demo;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a served value must be, and how far from it one is. */
sealed interface Expected {
  /** What the distance of a value is measured in, and how far it may be. */
  enum Measure {
    /** Relative difference; of texts, lists and maps 0 or infinite. */
    DIFFERENCE(Difference.TOLERANCE),
    /** Relative error of an estimated number: five times the standard error of 1.6 %. */
    ESTIMATE(5 * 0.016),
    /** Error of a percentile's rank: twice what 99 in a hundred stay within. */
    RANK(2 * RANK_ERROR);

    private final double most;

    Measure(double most) {
      this.most = most;
    }

    double most() {
      return most;
    }
  }

  /** What 99 in a hundred percentiles of a sketch stay within. */
  double RANK_ERROR = 0.0133;

  Measure measure();

  /** Infinite where it cannot be compared. */
  double distanceOf(@Nullable Object served);

  /** Just this value. */
  record Exactly(@Nullable Object value) implements Expected {
    @Override
    public Measure measure() {
      return Measure.DIFFERENCE;
    }

    @Override
    public double distanceOf(@Nullable Object served) {
      return Difference.between(value, served);
    }
  }

  /** An estimate of a number, which is off by one at least. */
  record About(long number) implements Expected {
    @Override
    public Measure measure() {
      return Measure.ESTIMATE;
    }

    @Override
    public double distanceOf(@Nullable Object served) {
      if (!(served instanceof Long estimate)) {
        return Double.POSITIVE_INFINITY;
      }
      long off = Math.abs(estimate - number);
      return off <= 1 ? 0 : (double) off / number;
    }
  }

  /** Percentiles of values: exact up to 200 of them, then estimates. */
  final class Percentiles implements Expected {
    private static final int EXACT = 200;
    private final double[] sorted;
    private final List<Double> percentiles;

    Percentiles(double[] values, List<Double> percentiles) {
      this.sorted = values.clone();
      Arrays.sort(sorted);
      this.percentiles = List.copyOf(percentiles);
    }

    @Override
    public Measure measure() {
      return Measure.RANK;
    }

    @Override
    public double distanceOf(@Nullable Object served) {
      if (!(served instanceof List<?> list) || list.size() != percentiles.size()) {
        return Double.POSITIVE_INFINITY;
      }
      double worst = 0;
      for (int i = 0; i < percentiles.size(); i++) {
        worst = Math.max(worst, rankError(percentiles.get(i), list.get(i)));
      }
      return worst;
    }

    @Override
    public String toString() {
      return percentiles.stream().map(p -> sorted[place(p) - 1]).toList() + " of " + sorted.length;
    }

    /** How far the places that a value takes are from the one that it should take. */
    private double rankError(double percentile, @Nullable Object served) {
      if (!(served instanceof Double value)) {
        return Double.POSITIVE_INFINITY;
      }
      int below = placesBelow(value);
      int upTo = placesBelow(Math.nextUp(value));
      if (below == upTo) {
        return Double.POSITIVE_INFINITY; // It is none of the values.
      }
      int place = place(percentile);
      int off = Math.max(0, Math.max(below + 1 - place, place - upTo));
      if (off > 0 && sorted.length <= EXACT) {
        return Double.POSITIVE_INFINITY;
      }
      return (double) off / sorted.length;
    }

    private int place(double percentile) {
      return Math.max(1, (int) Math.ceil(percentile * sorted.length));
    }

    private int placesBelow(double value) {
      int low = 0;
      int high = sorted.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (sorted[middle] < value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }
}
