package io.freshet.local.demo;

import io.freshet.local.demo.ComparisonTable.RoutedComparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Looks a sample of keys up and compares every answer with the events that were pushed. */
final class Check {
  private static final int KEYS_A_LOOKUP = 250;
  private final PlatformClient client;
  private final String project;
  private final List<Departure> history;
  private final List<Departure> live;

  Check(PlatformClient client, String project, List<Departure> history, List<Departure> live) {
    this.client = client;
    this.project = project;
    this.history = history;
    this.live = live;
  }

  /** One comparison a view. */
  List<RoutedComparison> run() {
    Map<String, JsonNode> routes = new HashMap<>();
    client.routes(project).forEach(route -> routes.put(route.path("view").asString(), route));
    List<RoutedComparison> comparisons = new ArrayList<>();
    for (ExpectedView view : ExpectedViews.all()) {
      JsonNode route = routes.get(view.name());
      if (route == null) {
        throw new DemoFailedException("view " + view.name() + " has no route");
      }
      comparisons.add(
          new RoutedComparison(
              route.path("tier").asString(), route.path("engine").asString(), compare(view)));
    }
    return comparisons;
  }

  private ViewComparison compare(ExpectedView view) {
    List<EntityKey> keys = KeySample.of(view.keyKind(), history, live);
    Instant promised =
        client
            .lookup(project, List.of(view.name()), keys.subList(0, 1))
            .completeThrough(view.name())
            .orElseThrow(() -> new DemoFailedException("view " + view.name() + " has no progress"));
    ViewComparison comparison = new ViewComparison(view, eventsByKey(view), promised);
    for (int from = 0; from < keys.size(); from += KEYS_A_LOOKUP) {
      List<EntityKey> asked = keys.subList(from, Math.min(keys.size(), from + KEYS_A_LOOKUP));
      comparison.compare(asked, client.lookup(project, List.of(view.name()), asked));
    }
    return comparison;
  }

  private Map<EntityKey, List<Departure>> eventsByKey(ExpectedView view) {
    Map<EntityKey, List<Departure>> byKey = new HashMap<>();
    for (List<Departure> part : List.of(history, live)) {
      for (Departure departure : part) {
        if (view.filter().test(departure)) {
          byKey
              .computeIfAbsent(view.keyKind().of(departure), key -> new ArrayList<>())
              .add(departure);
        }
      }
    }
    return byKey;
  }
}
