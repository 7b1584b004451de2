package io.freshet.aggregate;

import io.freshet.plan.Aggregation;
import io.freshet.plan.FeaturePlan;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the exact sum of integers in 128 bits: words count, low, high. Serves sum and average, so
 * that neither depends on how the events were grouped.
 */
record IntegerSumAccumulator(int at) implements Accumulator {
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
    long value = (Long) input;
    plus(tiles, tile, 1, value, value >> 63);
  }

  @Override
  public void merge(KeyTiles into, int tile, KeyTiles from, int first, int end) {
    for (int i = first; i < end; i++) {
      plus(into, tile, from.word(i, at), from.word(i, at + 1), from.word(i, at + 2));
    }
  }

  @Override
  public @Nullable Object result(FeaturePlan feature, KeyTiles tiles, int tile) {
    long count = tiles.word(tile, at);
    if (count == 0) {
      return null;
    }
    long low = tiles.word(tile, at + 1);
    long high = tiles.word(tile, at + 2);
    boolean fits = high == low >> 63;
    if (feature.aggregation() == Aggregation.AVERAGE) {
      return (fits ? (double) low : wide(high, low).doubleValue()) / count;
    }
    return fits ? low : null;
  }

  private void plus(KeyTiles tiles, int tile, long count, long low, long high) {
    long sum = tiles.word(tile, at + 1) + low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    tiles.word(tile, at, tiles.word(tile, at) + count);
    tiles.word(tile, at + 1, sum);
    tiles.word(tile, at + 2, tiles.word(tile, at + 2) + high + carry);
  }

  private static BigInteger wide(long high, long low) {
    BigInteger unsignedLow = new BigInteger(Long.toUnsignedString(low));
    return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(unsignedLow);
  }
}
