package io.freshet.local.demo;

import io.freshet.local.demo.ExpectedView.KeyKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** How far each view of the demonstration is complete. */
final class Progress {
  private final PlatformClient client;
  private final String project;
  private final Map<String, String> engines = new HashMap<>();
  private Map<String, Optional<Instant>> last = new TreeMap<>();

  Progress(PlatformClient client, String project) {
    this.client = client;
    this.project = project;
    for (JsonNode route : client.routes(project)) {
      engines.put(route.path("view").asString(), route.path("engine").asString());
    }
  }

  /** Whether every streaming view has all events up to and including a time. */
  boolean streamingIsThrough(long millis) {
    ask();
    Instant time = Instant.ofEpochMilli(millis);
    return of("streaming").stream().allMatch(through -> through.filter(time::isBefore).isPresent());
  }

  /** Whether every batch view was materialized. */
  boolean batchHasRun() {
    ask();
    return of("batch").stream().allMatch(Optional::isPresent);
  }

  /** What was seen last. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    last.forEach(
        (view, through) ->
            parts.add(
                view
                    + " "
                    + through
                        .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse("nothing yet")));
    return "complete through: " + String.join(", ", parts);
  }

  private List<Optional<Instant>> of(String engine) {
    return last.entrySet().stream()
        .filter(entry -> engine.equals(engines.get(entry.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  private void ask() {
    Map<String, Optional<Instant>> now = new TreeMap<>();
    for (ExpectedView view : ExpectedViews.all()) {
      EntityKey any = new EntityKey("ATL", view.keyKind() == KeyKind.AIRPORT ? null : "ORD");
      now.put(
          view.name(),
          client.lookup(project, List.of(view.name()), List.of(any)).completeThrough(view.name()));
    }
    last = now;
  }
}
