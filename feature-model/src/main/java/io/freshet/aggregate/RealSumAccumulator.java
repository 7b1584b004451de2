package io.freshet.aggregate;

import io.freshet.plan.Aggregation;
import io.freshet.plan.FeaturePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a compensated sum of doubles (Neumaier, "Rundungsfehleranalyse einiger Verfahren zur
 * Summation endlicher Summen", 1974): words count, sum, compensation. Serves sum and average.
 */
record RealSumAccumulator(int at) implements Accumulator {
  @Override
  public int words() {
    return 3;
  }

  @Override
  public List<ObjectForm> objects() {
    return List.of();
  }

  @Override
  public void add(KeyTiles tiles, int tile, long timeMillis, Object input) {
    double value = (Double) input;
    double sum = tiles.real(tile, at + 1);
    double total = sum + value;
    tiles.word(tile, at, tiles.word(tile, at) + 1);
    tiles.real(tile, at + 1, total);
    tiles.real(tile, at + 2, tiles.real(tile, at + 2) + lost(sum, value, total));
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int first, int end) {
    long count = into.word(tile, at);
    double sum = into.real(tile, at + 1);
    double compensation = into.real(tile, at + 2);
    for (int i = first; i < end; i++) {
      double value = from.real(i, at + 1);
      double total = sum + value;
      count += from.word(i, at);
      compensation += from.real(i, at + 2) + lost(sum, value, total);
      sum = total;
    }
    into.word(tile, at, count);
    into.real(tile, at + 1, sum);
    into.real(tile, at + 2, compensation);
  }

  @Override
  public @Nullable Object result(FeaturePlan feature, KeyTiles tiles, int tile) {
    long count = tiles.word(tile, at);
    if (count == 0) {
      return null;
    }
    double sum = tiles.real(tile, at + 1);
    double compensation = tiles.real(tile, at + 2);
    // Infinities and NaN make the compensation NaN; the plain sum is then the right one.
    double total = Double.isFinite(sum) ? sum + compensation : sum;
    return feature.aggregation() == Aggregation.AVERAGE ? total / count : total;
  }

  /** What rounding took from a sum of two. */
  private static double lost(double left, double right, double total) {
    return Math.abs(left) >= Math.abs(right) ? (left - total) + right : (right - total) + left;
  }
}
