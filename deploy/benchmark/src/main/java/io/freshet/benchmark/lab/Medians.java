package io.freshet.benchmark.lab;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Medians of repeated measurements. */
public final class Medians {
  private Medians() {}

  /** The median; of an even number the greater of the middle two. */
  public static <T> double of(Collection<T> measured, ToDoubleFunction<T> value) {
    double[] sorted = measured.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
