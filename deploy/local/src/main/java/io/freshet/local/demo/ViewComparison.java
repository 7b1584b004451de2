package io.freshet.local.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a lookup answered for one view with what the events say.
 *
 * <p>A row is right if each value is the one as of the row's own as-of time, and if nothing
 * happened between that time and the time through which the view had promised to be complete before
 * the lookup. A key without a row is right if the view had nothing to say about it.
 */
final class ViewComparison {
  private static final int EXAMPLES = 3;
  private final ExpectedView view;
  private final Map<EntityKey, List<Departure>> events;
  private final long promisedMillis;
  private final List<String> examples = new ArrayList<>();
  private int keys;
  private int values;
  private int equal;
  private int different;
  private int missing;
  private double worst;

  /**
   * @param events those that pass the view's filter, by key
   * @param promised through when the view said it was complete, before the lookup
   */
  ViewComparison(ExpectedView view, Map<EntityKey, List<Departure>> events, Instant promised) {
    this.view = view;
    this.events = events;
    this.promisedMillis = promised.toEpochMilli();
  }

  void compare(List<EntityKey> asked, LookupAnswer answer) {
    for (int entity = 0; entity < asked.size(); entity++) {
      keys++;
      for (int column = 0; column < answer.features().size(); column++) {
        String name = answer.features().get(column);
        ExpectedFeature feature =
            view.feature(name.substring(name.indexOf('.') + 1))
                .orElseThrow(() -> new DemoFailedException("an answer nobody asked for: " + name));
        compare(asked.get(entity), feature, answer, entity, column);
      }
    }
  }

  String viewName() {
    return view.name();
  }

  int keys() {
    return keys;
  }

  int values() {
    return values;
  }

  int equal() {
    return equal;
  }

  int different() {
    return different;
  }

  int missing() {
    return missing;
  }

  /** The worst relative difference of the values that count as equal, and of those that do not. */
  double worst() {
    return worst;
  }

  List<String> examples() {
    return List.copyOf(examples);
  }

  /** Something was compared and all of it is equal. */
  boolean holds() {
    return values > 0 && equal == values;
  }

  private void compare(
      EntityKey key, ExpectedFeature feature, LookupAnswer answer, int entity, int column) {
    values++;
    List<Departure> ofKey = events.getOrDefault(key, List.of());
    Object promised = feature.asOf(promisedMillis, ofKey);
    String status = answer.status(entity, column);
    Optional<Instant> asOf = answer.asOf(entity, column);
    if (status.equals("NOT_FOUND") || status.equals("OUTSIDE_MAX_AGE") || asOf.isEmpty()) {
      judgeAbsence(key, feature, promised, status);
      return;
    }
    Object served = answer.value(entity, column);
    long asOfMillis = asOf.get().toEpochMilli();
    Object expected = feature.asOf(asOfMillis, ofKey);
    double difference = Difference.between(expected, served);
    if (asOfMillis < promisedMillis) {
      difference = Math.max(difference, Difference.between(promised, served));
    }
    judge(key, feature, expected, promised, served, asOf.get(), difference);
  }

  private void judgeAbsence(
      EntityKey key, ExpectedFeature feature, @Nullable Object promised, String status) {
    if (Difference.between(promised, feature.ofNothing()) == 0) {
      equal++;
      return;
    }
    missing++;
    example("%s of %s is %s, expected %s".formatted(feature.name(), key, status, promised));
  }

  private void judge(
      EntityKey key,
      ExpectedFeature feature,
      @Nullable Object expected,
      @Nullable Object promised,
      @Nullable Object served,
      Instant asOf,
      double difference) {
    worst = Math.max(worst, difference);
    if (difference <= Difference.TOLERANCE) {
      equal++;
      return;
    }
    different++;
    example(
        "%s of %s as of %s is %s, expected %s (and %s as of %s, which was promised)"
            .formatted(
                feature.name(),
                key,
                asOf,
                served,
                expected,
                promised,
                Instant.ofEpochMilli(promisedMillis)));
  }

  private void example(String text) {
    if (examples.size() < EXAMPLES) {
      examples.add(text);
    }
  }
}
