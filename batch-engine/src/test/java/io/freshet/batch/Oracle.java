package io.freshet.batch;

import io.freshet.batch.Flights.Flight;
import io.freshet.plan.Aggregation;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as the specification defines them, computed from all events without any tile. */
final class Oracle {
  private Oracle() {}

  /**
   * Rows by key: the newest event's time, then the features; only keys with an event in a window.
   */
  static Map<List<String>, List<@Nullable Object>> rows(
      ViewPlan view, Collection<Flight> flights, Instant asOf) {
    Map<List<String>, List<Flight>> byKey = new LinkedHashMap<>();
    for (Flight flight : flights) {
      if (view.view().features().stream().anyMatch(f -> holds(f, flight, asOf))) {
        byKey.computeIfAbsent(key(view, flight), key -> new ArrayList<>()).add(flight);
      }
    }
    Map<List<String>, List<@Nullable Object>> rows = new LinkedHashMap<>();
    byKey.forEach((key, own) -> rows.put(key, row(view, own, asOf)));
    return rows;
  }

  private static List<String> key(ViewPlan view, Flight flight) {
    return view.view().keyColumns().stream()
        .map(column -> column.equals("origin") ? flight.origin() : flight.destination())
        .toList();
  }

  private static boolean holds(FeaturePlan feature, Flight flight, Instant asOf) {
    long length = feature.window().lengthMillis();
    long hop = feature.window().hopMillis();
    long start = Math.floorDiv(asOf.toEpochMilli() - length, hop) * hop;
    return flight.at().toEpochMilli() >= start && flight.at().isBefore(asOf);
  }

  private static List<@Nullable Object> row(ViewPlan view, List<Flight> flights, Instant asOf) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(flights.stream().map(Flight::at).max(Comparator.naturalOrder()).orElseThrow());
    for (FeaturePlan feature : view.view().features()) {
      row.add(value(feature, flights.stream().filter(f -> holds(feature, f, asOf)).toList()));
    }
    return row;
  }

  private static @Nullable Object value(FeaturePlan feature, List<Flight> flights) {
    if (feature.input() == FeaturePlan.NO_INPUT) {
      return (long) flights.size();
    }
    return feature.input() == 0
        ? ofDelays(feature, flights.stream().filter(f -> f.delay() != null).toList())
        : ofDistances(feature, flights.stream().mapToDouble(Flight::distance).toArray());
  }

  private static @Nullable Object ofDelays(FeaturePlan feature, List<Flight> known) {
    if (known.isEmpty()) {
      return feature.aggregation() == Aggregation.COUNT ? 0L : null;
    }
    Comparator<Flight> byTime = Comparator.comparing(Flight::at);
    Comparator<Flight> byTimeAndDelay = byTime.thenComparingLong(Oracle::delay);
    return switch (feature.aggregation()) {
      case COUNT -> (Long) (long) known.size();
      case SUM -> (Long) known.stream().mapToLong(Oracle::delay).sum();
      case AVERAGE -> (Double) known.stream().mapToLong(Oracle::delay).average().orElseThrow();
      case MIN -> (Long) known.stream().mapToLong(Oracle::delay).min().orElseThrow();
      case FIRST -> known.stream().min(byTimeAndDelay).orElseThrow().delay();
      case LAST -> known.stream().max(byTimeAndDelay).orElseThrow().delay();
      default -> throw new IllegalArgumentException("no test has " + feature);
    };
  }

  private static long delay(Flight flight) {
    Long delay = flight.delay();
    if (delay == null) {
      throw new IllegalArgumentException("not known: " + flight);
    }
    return delay;
  }

  private static @Nullable Object ofDistances(FeaturePlan feature, double[] all) {
    if (all.length == 0) {
      return null;
    }
    double sum = Arrays.stream(all).sum();
    return switch (feature.aggregation()) {
      case SUM -> sum;
      case MAX -> Arrays.stream(all).max().orElseThrow();
      case VARIANCE -> {
        double mean = sum / all.length;
        yield Arrays.stream(all).map(x -> (x - mean) * (x - mean)).sum() / all.length;
      }
      default -> throw new IllegalArgumentException("no test has " + feature);
    };
  }
}
