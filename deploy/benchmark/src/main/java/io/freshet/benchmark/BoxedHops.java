package io.freshet.benchmark;

import io.freshet.window.Window;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, for each hop size, the hops in a tree and in each hop one boxed intermediate result an
 * aggregation, as open kernels of this kind do: an event updates its hop of each size, a read
 * merges the hops of each window.
 */
final class BoxedHops implements RollingView {
  private static final List<BoxedAggregation> AGGREGATIONS =
      BenchmarkView.AGGREGATIONS.stream().map(BoxedAggregation::of).toList();
  private static final long[] HOPS =
      BenchmarkView.WINDOWS.stream().mapToLong(Window::hopMillis).distinct().toArray();

  private final List<NavigableMap<Long, @Nullable Object[]>> hopsOfSize =
      LongStream.of(HOPS).mapToObj(hop -> emptyTree()).toList();

  @Override
  public void add(long timeMillis, @Nullable Object[] inputs) {
    if (!(inputs[0] instanceof Double value)) {
      return;
    }
    for (int size = 0; size < HOPS.length; size++) {
      @Nullable Object[] results =
          hopsOfSize
              .get(size)
              .computeIfAbsent(
                  Window.floor(timeMillis, HOPS[size]),
                  start -> new @Nullable Object[AGGREGATIONS.size()]);
      for (int i = 0; i < results.length; i++) {
        results[i] = AGGREGATIONS.get(i).add(results[i], value);
      }
    }
  }

  @Override
  public @Nullable Object[] valuesAsOf(long asOfMillis) {
    @Nullable Object[] values =
        new @Nullable Object[BenchmarkView.WINDOWS.size() * AGGREGATIONS.size()];
    int at = 0;
    for (Window window : BenchmarkView.WINDOWS) {
      @Nullable Object[] total = totalOf(window, asOfMillis);
      for (int i = 0; i < total.length; i++) {
        values[at++] = AGGREGATIONS.get(i).result(total[i]);
      }
    }
    return values;
  }

  @Override
  public void expire(long asOfMillis) {
    for (Window window : BenchmarkView.WINDOWS) {
      hopsOf(window).headMap(earliestStart(window.hopMillis(), asOfMillis)).clear();
    }
  }

  @Override
  public long expiresAt(long asOfMillis) {
    long next = Long.MAX_VALUE;
    for (Window window : BenchmarkView.WINDOWS) {
      Long oldest = hopsOf(window).ceilingKey(window.startAsOf(asOfMillis));
      next = oldest == null ? next : Math.min(next, window.leavesAt(oldest));
    }
    return next;
  }

  private @Nullable Object[] totalOf(Window window, long asOfMillis) {
    @Nullable Object[] total = new @Nullable Object[AGGREGATIONS.size()];
    for (@Nullable Object[] hop : hopsOf(window).tailMap(window.startAsOf(asOfMillis)).values()) {
      for (int i = 0; i < total.length; i++) {
        total[i] = AGGREGATIONS.get(i).merge(total[i], hop[i]);
      }
    }
    return total;
  }

  private NavigableMap<Long, @Nullable Object[]> hopsOf(Window window) {
    int size = 0;
    while (HOPS[size] != window.hopMillis()) {
      size++;
    }
    return hopsOfSize.get(size);
  }

  private static long earliestStart(long hopMillis, long asOfMillis) {
    long earliest = Long.MAX_VALUE;
    for (Window window : BenchmarkView.WINDOWS) {
      if (window.hopMillis() == hopMillis) {
        earliest = Math.min(earliest, window.startAsOf(asOfMillis));
      }
    }
    return earliest;
  }

  private static NavigableMap<Long, @Nullable Object[]> emptyTree() {
    return new TreeMap<>();
  }
}
