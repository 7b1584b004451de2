package io.freshet.local.demo;

import io.freshet.local.demo.Expected.About;
import io.freshet.local.demo.Expected.Exactly;
import io.freshet.local.demo.Expected.Percentiles;
import io.freshet.local.demo.ExpectedView.KeyKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A view as the oracle understands it.
 *
 * @param leastDistance flights of less than these miles do not count
 */
record OracleView(String name, KeyKind keyKind, long leastDistance, List<OracleFeature> features) {
  /** Stands for no window: all of the past. */
  static final String EVER = "";

  static Builder named(String name, KeyKind keyKind) {
    return new Builder(name, keyKind);
  }

  /** The name under which it is registered for a tier. */
  String nameIn(String tier) {
    return name + "_" + tier;
  }

  OracleFeature feature(String featureName) {
    return features.stream()
        .filter(feature -> feature.name().equals(featureName))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("a value nobody asked for: " + featureName));
  }

  /** Collects the features of a view. */
  static final class Builder {
    private final String name;
    private final KeyKind keyKind;
    private long leastDistance;
    private final List<OracleFeature> features = new ArrayList<>();

    private Builder(String name, KeyKind keyKind) {
      this.name = name;
      this.keyKind = keyKind;
    }

    Builder whereDistanceIsAtLeast(long miles) {
      leastDistance = miles;
      return this;
    }

    Builder count(String feature, String window) {
      return add(feature, window, 0L, held -> new Exactly(held.size()));
    }

    Builder exact(String feature, String window, Function<HeldFlights, @Nullable Object> rule) {
      return add(feature, window, null, held -> new Exactly(rule.apply(held)));
    }

    Builder estimate(String feature, String window, Function<HeldFlights, Stream<?>> input) {
      return add(feature, window, null, held -> new About(distinct(input, held)));
    }

    /** Exact up to a number of values, an estimate beyond. */
    Builder exactUpTo(
        int bound, String feature, String window, Function<HeldFlights, Stream<?>> input) {
      return add(
          feature,
          window,
          null,
          held -> {
            long distinct = distinct(input, held);
            return distinct > bound ? new About(distinct) : new Exactly(distinct);
          });
    }

    Builder percentiles(
        String feature,
        String window,
        Function<HeldFlights, DoubleStream> input,
        Double... percentiles) {
      return add(
          feature,
          window,
          null,
          held -> new Percentiles(input.apply(held).toArray(), List.of(percentiles)));
    }

    OracleView build() {
      return new OracleView(name, keyKind, leastDistance, List.copyOf(features));
    }

    private Builder add(
        String feature,
        String window,
        @Nullable Long ofNothing,
        Function<HeldFlights, Expected> rule) {
      OptionalLong millis =
          window.equals(EVER) ? OptionalLong.empty() : OptionalLong.of(Windows.millis(window));
      features.add(new OracleFeature(feature, millis, new Exactly(ofNothing), rule));
      return this;
    }

    private static long distinct(Function<HeldFlights, Stream<?>> input, HeldFlights held) {
      return input.apply(held).distinct().count();
    }
  }
}
