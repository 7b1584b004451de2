package io.freshet.benchmark;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import org.jspecify.annotations.Nullable;

/** The kernel as the streaming engine uses it. */
final class PackedTiles implements RollingView {
  private final ViewAggregator aggregator = ViewAggregator.of(BenchmarkView.bound());
  private final KeyTiles tiles = aggregator.empty();

  @Override
  public void add(long timeMillis, @Nullable Object[] inputs) {
    aggregator.add(tiles, timeMillis, inputs);
  }

  @Override
  public @Nullable Object[] valuesAsOf(long asOfMillis) {
    return aggregator.valuesAsOf(tiles, asOfMillis);
  }

  @Override
  public void expire(long asOfMillis) {
    aggregator.compact(tiles, asOfMillis);
  }

  @Override
  public long expiresAt(long asOfMillis) {
    return aggregator.nextChangeAfter(tiles, asOfMillis);
  }

  int tiles() {
    return tiles.size();
  }
}
