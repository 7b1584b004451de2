package io.freshet.local.demo;

import static io.freshet.local.demo.OracleView.EVER;

import io.freshet.local.demo.ExpectedView.KeyKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What {@code real-flights-views.yaml} defines, said a second time in plain Java. */
final class OracleViews {
  private OracleViews() {}

  static List<OracleView> all() {
    return List.of(airportLoad(), routeExtremes(), airportLists(), airportSketches(), routeEver());
  }

  /** What the keys of each are, by the name that it has in a tier. */
  static Map<String, KeyKind> keyKinds(List<String> tiers) {
    return tiers.stream()
        .flatMap(tier -> all().stream().map(view -> Map.entry(view.nameIn(tier), view.keyKind())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static OracleView airportLoad() {
    return OracleView.named("airport_load", KeyKind.AIRPORT)
        .count("departures_1h", "1h")
        .count("departures_7d", "7d")
        .exact("miles_6h", "6h", held -> PlainRules.sum(held.distances()))
        .exact("delay_hours_1d", "1d", held -> PlainRules.sum(hours(held)))
        .exact("delay_average_1h", "1h", held -> PlainRules.average(held.delays()))
        .exact("delay_average_7d", "7d", held -> PlainRules.average(held.delays()))
        .exact("late_share_1d", "1d", held -> PlainRules.average(late(held)))
        .exact("delay_variance_6h", "6h", held -> PlainRules.variance(held.delays()))
        .exact("delay_variance_7d", "7d", held -> PlainRules.variance(held.delays()))
        .build();
  }

  private static OracleView routeExtremes() {
    return OracleView.named("route_extremes", KeyKind.ROUTE)
        .count("departures_7d", "7d")
        .exact("delay_min_1d", "1d", held -> PlainRules.least(held.delays().boxed()))
        .exact("delay_max_7d", "7d", held -> PlainRules.greatest(held.delays().boxed()))
        .exact("newest_departure_7d", "7d", held -> PlainRules.greatest(times(held)).toString())
        .exact("first_delay_1d", "1d", held -> PlainRules.firstOf(held.timedDelays(), 1).get(0))
        .exact("last_delay_7d", "7d", held -> PlainRules.lastOf(held.timedDelays(), 1).get(0))
        .exact("last_departure_1d", "1d", held -> PlainRules.greatest(times(held)).toString())
        .build();
  }

  private static OracleView airportLists() {
    return OracleView.named("airport_lists", KeyKind.AIRPORT)
        .whereDistanceIsAtLeast(500)
        .exact(
            "first_destinations_12h",
            "12h",
            held -> PlainRules.firstOf(held.timedDestinations(), 3))
        .exact(
            "last_destinations_12h", "12h", held -> PlainRules.lastOf(held.timedDestinations(), 5))
        .exact("worst_delays_12h", "12h", held -> PlainRules.greatestOf(held.delays().boxed(), 10))
        .exact("best_delays_12h", "12h", held -> PlainRules.leastOf(held.delays().boxed(), 5))
        .exact("first_by_name_12h", "12h", held -> PlainRules.least(held.destinations()))
        .exact("destinations_12h", "12h", held -> PlainRules.distinct(held.destinations(), 1000))
        .exact("few_destinations_12h", "12h", held -> PlainRules.distinct(held.destinations(), 20))
        .exactUpTo(20, "some_destinations_12h", "12h", HeldFlights::destinations)
        .exact("to_each_12h", "12h", held -> PlainRules.bars(held.destinations(), 200))
        .exact("to_each_of_few_12h", "12h", held -> PlainRules.bars(held.destinations(), 20))
        .build();
  }

  private static OracleView airportSketches() {
    return OracleView.named("airport_sketches", KeyKind.AIRPORT)
        .estimate("pairs_12d", "12d", HeldFlights::delayDistancePairs)
        .percentiles(
            "delay_percentiles_12d",
            "12d",
            held -> held.delays().asDoubleStream(),
            0.0,
            0.1,
            0.5,
            0.9,
            0.99,
            1.0)
        .build();
  }

  private static OracleView routeEver() {
    return OracleView.named("route_ever", KeyKind.ROUTE)
        .count("departures", EVER)
        .exact("miles", EVER, held -> PlainRules.sum(held.distances()))
        .exact("delay_average", EVER, held -> PlainRules.average(held.delays()))
        .exact("delay_variance", EVER, held -> PlainRules.variance(held.delays()))
        .exact("delay_min", EVER, held -> PlainRules.least(held.delays().boxed()))
        .exact("delay_max", EVER, held -> PlainRules.greatest(held.delays().boxed()))
        .exact("first_delays", EVER, held -> PlainRules.firstOf(held.timedDelays(), 3))
        .exact("last_delays", EVER, held -> PlainRules.lastOf(held.timedDelays(), 3))
        .exact("worst_delays", EVER, held -> PlainRules.greatestOf(held.delays().boxed(), 3))
        .exact("last_departure", EVER, held -> PlainRules.greatest(times(held)).toString())
        .exact("late_or_not", EVER, held -> PlainRules.bars(lateOrNot(held), 100))
        .exactUpTo(100, "delays", EVER, held -> held.delays().boxed())
        .percentiles("delay_percentiles", EVER, held -> held.delays().asDoubleStream(), 0.5, 0.95)
        .build();
  }

  private static Stream<Instant> times(HeldFlights held) {
    return held.times().mapToObj(Instant::ofEpochMilli);
  }

  private static DoubleStream hours(HeldFlights held) {
    return held.delays().mapToDouble(delay -> delay / 60.0);
  }

  private static DoubleStream late(HeldFlights held) {
    return held.delays().mapToDouble(delay -> delay > 15 ? 1.0 : 0.0);
  }

  private static Stream<String> lateOrNot(HeldFlights held) {
    return held.delays().mapToObj(delay -> Boolean.toString(delay > 15));
  }
}
