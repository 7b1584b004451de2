package io.freshet.local.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A view of the demonstration as the check understands it.
 *
 * @param keyKind what a key of its entity is made of
 * @param filter which events count
 */
record ExpectedView(
    String name, KeyKind keyKind, Predicate<Departure> filter, List<ExpectedFeature> features) {
  /** The entities of the demonstration. */
  enum KeyKind {
    AIRPORT,
    ROUTE;

    EntityKey of(Departure departure) {
      return this == AIRPORT
          ? new EntityKey(departure.origin(), null)
          : new EntityKey(departure.origin(), departure.destination());
    }
  }

  static Builder named(String name, KeyKind keyKind) {
    return new Builder(name, keyKind);
  }

  Optional<ExpectedFeature> feature(String featureName) {
    return features.stream().filter(feature -> feature.name().equals(featureName)).findFirst();
  }

  /** Collects the features of a view. */
  static final class Builder {
    private final String name;
    private final KeyKind keyKind;
    private Predicate<Departure> filter = departure -> true;
    private final List<ExpectedFeature> features = new ArrayList<>();

    private Builder(String name, KeyKind keyKind) {
      this.name = name;
      this.keyKind = keyKind;
    }

    Builder where(Predicate<Departure> condition) {
      filter = condition;
      return this;
    }

    Builder count(String feature, String window) {
      features.add(
          new ExpectedFeature(feature, Windows.millis(window), held -> (long) held.size(), true));
      return this;
    }

    Builder average(String feature, ToDoubleFunction<Departure> input, String window) {
      return add(feature, window, held -> mean(held, input));
    }

    Builder variance(String feature, ToDoubleFunction<Departure> input, String window) {
      return add(
          feature,
          window,
          held -> {
            double mean = mean(held, input);
            return held.stream()
                .mapToDouble(input)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
          });
    }

    Builder greatestDelay(String feature, String window) {
      return add(
          feature, window, held -> held.stream().mapToLong(Departure::delay).max().orElseThrow());
    }

    Builder leastDelay(String feature, String window) {
      return add(
          feature, window, held -> held.stream().mapToLong(Departure::delay).min().orElseThrow());
    }

    Builder miles(String feature, String window) {
      return add(feature, window, held -> held.stream().mapToLong(Departure::distance).sum());
    }

    /** Of several departures at the earliest time the least delay. */
    Builder firstDelay(String feature, String window) {
      return add(
          feature,
          window,
          held ->
              held.stream()
                  .min(
                      Comparator.comparingLong(Departure::timeMillis)
                          .thenComparingLong(Departure::delay))
                  .orElseThrow()
                  .delay());
    }

    /** Of several departures at the latest time the greatest delay. */
    Builder lastDelay(String feature, String window) {
      return add(
          feature,
          window,
          held ->
              held.stream()
                  .max(
                      Comparator.comparingLong(Departure::timeMillis)
                          .thenComparingLong(Departure::delay))
                  .orElseThrow()
                  .delay());
    }

    /** Of several departures at the latest time the greatest code. */
    Builder lastDestination(String feature, String window) {
      return add(
          feature,
          window,
          held ->
              held.stream()
                  .max(
                      Comparator.comparingLong(Departure::timeMillis)
                          .thenComparing(Departure::destination))
                  .orElseThrow()
                  .destination());
    }

    ExpectedView build() {
      return new ExpectedView(name, keyKind, filter, List.copyOf(features));
    }

    private Builder add(
        String feature, String window, Function<List<Departure>, @Nullable Object> aggregate) {
      features.add(new ExpectedFeature(feature, Windows.millis(window), aggregate, false));
      return this;
    }

    private static double mean(List<Departure> held, ToDoubleFunction<Departure> input) {
      return held.stream().mapToDouble(input).average().orElseThrow();
    }
  }
}
