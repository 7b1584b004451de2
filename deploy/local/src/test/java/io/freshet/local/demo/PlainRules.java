package io.freshet.local.demo;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.reverseOrder;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The aggregations as docs/reference/values.md states them, over all values at once, of which there
 * is at least one. They share no code with the engines, and what can be exact is exact.
 */
final class PlainRules {
  private PlainRules() {}

  /** A value and when it was. */
  record Timed<T extends Comparable<T>>(long timeMillis, T value) {
    static <T extends Comparable<T>> Comparator<Timed<T>> earliestFirst() {
      return Comparator.<Timed<T>>comparingLong(Timed::timeMillis).thenComparing(Timed::value);
    }
  }

  static Long sum(LongStream values) {
    return values.reduce(0, Math::addExact);
  }

  static Double sum(DoubleStream values) {
    return values.mapToObj(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add).doubleValue();
  }

  static Double average(LongStream values) {
    return values.average().orElseThrow();
  }

  static Double average(DoubleStream values) {
    return values.average().orElseThrow();
  }

  /** The population's, by integers: (n Σx² − (Σx)²) / n². */
  static Double variance(LongStream values) {
    long[] all = values.toArray();
    long sum = 0;
    long squares = 0;
    for (long value : all) {
      sum = Math.addExact(sum, value);
      squares = Math.addExact(squares, Math.multiplyExact(value, value));
    }
    long numerator =
        Math.subtractExact(Math.multiplyExact(squares, all.length), Math.multiplyExact(sum, sum));
    return (double) numerator / all.length / all.length;
  }

  static <T extends Comparable<T>> T least(Stream<T> values) {
    return values.min(naturalOrder()).orElseThrow();
  }

  static <T extends Comparable<T>> T greatest(Stream<T> values) {
    return values.max(naturalOrder()).orElseThrow();
  }

  static <T extends Comparable<T>> List<T> firstOf(Stream<Timed<T>> values, int k) {
    return values.sorted(Timed.earliestFirst()).limit(k).map(Timed::value).toList();
  }

  static <T extends Comparable<T>> List<T> lastOf(Stream<Timed<T>> values, int k) {
    return values.sorted(Timed.<T>earliestFirst().reversed()).limit(k).map(Timed::value).toList();
  }

  static <T extends Comparable<T>> List<T> greatestOf(Stream<T> values, int k) {
    return values.sorted(reverseOrder()).limit(k).toList();
  }

  static <T extends Comparable<T>> List<T> leastOf(Stream<T> values, int k) {
    return values.sorted().limit(k).toList();
  }

  /** Null if there are more than the bound. */
  static @Nullable Long distinct(Stream<?> values, int bound) {
    long distinct = values.distinct().count();
    return distinct > bound ? null : distinct;
  }

  /** Null if there are more different ones than the bound. */
  static @Nullable Map<String, Long> bars(Stream<String> values, int bound) {
    Map<String, Long> bars =
        values.collect(
            Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return bars.size() > bound ? null : bars;
  }
}
