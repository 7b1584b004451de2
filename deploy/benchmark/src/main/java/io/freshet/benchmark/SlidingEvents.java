package io.freshet.benchmark;

import io.freshet.plan.Aggregation;
import io.freshet.window.Window;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of the longest window and recomputes each feature from them, one pass over the
 * events a feature; from the newest back, so that a short window does not look at old events. The
 * events come in order of time.
 */
final class SlidingEvents implements RollingView {
  private final Deque<TimedValue> events = new ArrayDeque<>();

  private record TimedValue(long timeMillis, Double value) {}

  @Override
  public void add(long timeMillis, @Nullable Object[] inputs) {
    if (inputs[0] instanceof Double value) {
      events.addLast(new TimedValue(timeMillis, value));
    }
  }

  @Override
  public @Nullable Object[] valuesAsOf(long asOfMillis) {
    int aggregations = BenchmarkView.AGGREGATIONS.size();
    @Nullable Object[] values = new @Nullable Object[BenchmarkView.WINDOWS.size() * aggregations];
    for (int i = 0; i < values.length; i++) {
      Window window = BenchmarkView.WINDOWS.get(i / aggregations);
      Aggregation aggregation = BenchmarkView.AGGREGATIONS.get(i % aggregations);
      values[i] = aggregate(aggregation, window.startAsOf(asOfMillis));
    }
    return values;
  }

  @Override
  public void expire(long asOfMillis) {
    long start = BenchmarkView.LONGEST.startAsOf(asOfMillis);
    while (!events.isEmpty() && events.getFirst().timeMillis() < start) {
      events.removeFirst();
    }
  }

  @Override
  public long expiresAt(long asOfMillis) {
    return events.isEmpty()
        ? Long.MAX_VALUE
        : BenchmarkView.LONGEST.leavesAt(events.getFirst().timeMillis());
  }

  private @Nullable Object aggregate(Aggregation aggregation, long fromMillis) {
    long count = 0;
    double first = 0;
    double second = 0;
    for (var newestFirst = events.descendingIterator(); newestFirst.hasNext(); count++) {
      TimedValue event = newestFirst.next();
      if (event.timeMillis() < fromMillis) {
        break;
      }
      double value = event.value();
      switch (aggregation) {
        case AVERAGE -> first += value;
        case VARIANCE -> {
          double delta = value - first;
          first += delta / (count + 1);
          second += delta * (value - first);
        }
        case MIN -> first = count == 0 ? value : Math.min(first, value);
        case MAX -> first = count == 0 ? value : Math.max(first, value);
        default -> {
          // A count needs no more than the events.
        }
      }
    }
    return result(aggregation, count, first, second);
  }

  private static @Nullable Object result(
      Aggregation aggregation, long count, double first, double second) {
    if (aggregation == Aggregation.COUNT) {
      return count;
    }
    if (count == 0) {
      return null;
    }
    return switch (aggregation) {
      case AVERAGE -> first / count;
      case VARIANCE -> second / count;
      default -> first;
    };
  }
}
