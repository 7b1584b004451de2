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
    plus(tiles, tile, 1, (Double) input, 0.0);
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int fromTile) {
    plus(
        into,
        tile,
        from.word(fromTile, at),
        from.real(fromTile, at + 1),
        from.real(fromTile, at + 2));
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

  private void plus(KeyTiles tiles, int tile, long count, double value, double carried) {
    double sum = tiles.real(tile, at + 1);
    double total = sum + value;
    double lost = Math.abs(sum) >= Math.abs(value) ? (sum - total) + value : (value - total) + sum;
    tiles.word(tile, at, tiles.word(tile, at) + count);
    tiles.real(tile, at + 1, total);
    tiles.real(tile, at + 2, tiles.real(tile, at + 2) + carried + lost);
  }
}
