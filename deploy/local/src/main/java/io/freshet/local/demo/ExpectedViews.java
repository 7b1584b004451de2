package io.freshet.local.demo;

import io.freshet.local.demo.ExpectedView.KeyKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code flights-views.yaml} defines, said a second time in plain Java. */
final class ExpectedViews {
  private ExpectedViews() {}

  static List<ExpectedView> all() {
    return List.of(airportNow(), routeNow(), airportToday(), longRouteWeek(), airportWeek());
  }

  /** What the keys of each are, by its name. */
  static Map<String, KeyKind> keyKinds() {
    return all().stream().collect(Collectors.toMap(ExpectedView::name, ExpectedView::keyKind));
  }

  private static ExpectedView airportNow() {
    return ExpectedView.named("airport_now", KeyKind.AIRPORT)
        .count("departures_10m", "10m")
        .average("late_share_1h", ExpectedViews::late, "1h")
        .average("delay_average_1h", Departure::delay, "1h")
        .greatestDelay("delay_max_3h", "3h")
        .lastDestination("last_destination_3h", "3h")
        .build();
  }

  private static ExpectedView routeNow() {
    return ExpectedView.named("route_now", KeyKind.ROUTE)
        .count("departures_1h", "1h")
        .average("delay_average_6h", Departure::delay, "6h")
        .variance("delay_variance_1d", Departure::delay, "1d")
        .lastDelay("last_delay_1d", "1d")
        .build();
  }

  private static ExpectedView airportToday() {
    return ExpectedView.named("airport_today", KeyKind.AIRPORT)
        .count("departures_12h", "12h")
        .average("late_share_1d", ExpectedViews::late, "1d")
        .variance("delay_variance_1d", Departure::delay, "1d")
        .firstDelay("first_delay_12h", "12h")
        .build();
  }

  private static ExpectedView longRouteWeek() {
    return ExpectedView.named("long_route_week", KeyKind.ROUTE)
        .where(departure -> departure.distance() >= 1000)
        .count("departures_7d", "7d")
        .average("late_share_7d", ExpectedViews::late, "7d")
        .leastDelay("delay_min_3d", "3d")
        .miles("miles_7d", "7d")
        .build();
  }

  private static ExpectedView airportWeek() {
    return ExpectedView.named("airport_week", KeyKind.AIRPORT)
        .count("departures_7d", "7d")
        .average("late_share_7d", ExpectedViews::late, "7d")
        .average("delay_average_7d", Departure::delay, "7d")
        .greatestDelay("delay_max_7d", "7d")
        .build();
  }

  private static double late(Departure departure) {
    return departure.delay() > 15 ? 1.0 : 0.0;
  }
}
