package io.freshet.benchmark;

import org.jspecify.annotations.Nullable;

/** One key of the {@link BenchmarkView}, kept in some way: what the benchmark compares. */
interface RollingView {
  /** Lets an event enter. */
  void add(long timeMillis, @Nullable Object[] inputs);

  /** The features' values as of a time, in the view's order. */
  @Nullable Object[] valuesAsOf(long asOfMillis);

  /** Drops what no window holds as of the time or later. Whoever keeps a key calls it when due. */
  void expire(long asOfMillis);

  /** The as-of time from which {@link #expire} has something to do. */
  long expiresAt(long asOfMillis);
}
