package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps count, mean and the sum of squared deviations (Welford 1962; merged by Chan, Golub and
 * LeVeque 1983): three words.
 */
record VarianceAccumulator(int at) implements Accumulator {
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
    double value = ((Number) input).doubleValue();
    long count = tiles.word(tile, at) + 1;
    double mean = tiles.real(tile, at + 1);
    double delta = value - mean;
    double newMean = mean + delta / count;
    tiles.word(tile, at, count);
    tiles.real(tile, at + 1, newMean);
    tiles.real(tile, at + 2, tiles.real(tile, at + 2) + delta * (value - newMean));
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int first, int end) {
    long count = into.word(tile, at);
    double mean = into.real(tile, at + 1);
    double squares = into.real(tile, at + 2);
    for (int i = first; i < end; i++) {
      long otherCount = from.word(i, at);
      if (count == 0) {
        // The formula below would make NaN of a large mean: its square overflows.
        mean = from.real(i, at + 1);
        squares = from.real(i, at + 2);
      } else if (otherCount != 0) {
        double delta = from.real(i, at + 1) - mean;
        double share = (double) otherCount / (count + otherCount);
        mean += delta * share;
        squares += from.real(i, at + 2) + delta * delta * count * share;
      }
      count += otherCount;
    }
    into.word(tile, at, count);
    into.real(tile, at + 1, mean);
    into.real(tile, at + 2, squares);
  }

  @Override
  public @Nullable Object result(FeaturePlan feature, KeyTiles tiles, int tile) {
    long count = tiles.word(tile, at);
    return count == 0 ? null : tiles.real(tile, at + 2) / count;
  }
}
