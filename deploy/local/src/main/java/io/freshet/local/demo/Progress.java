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

/** How far each of some views is complete. */
final class Progress {
  private final PlatformClient client;
  private final String project;
  private final Map<String, KeyKind> views;
  private final Map<String, String> engines = new HashMap<>();
  private Map<String, Optional<Instant>> last = new TreeMap<>();

  /**
   * @param views what each view's keys are
   */
  Progress(PlatformClient client, String project, Map<String, KeyKind> views) {
    this.client = client;
    this.project = project;
    this.views = Map.copyOf(views);
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
    views.forEach(
        (view, kind) -> {
          EntityKey any = new EntityKey("ATL", kind == KeyKind.AIRPORT ? null : "ORD");
          now.put(view, client.lookup(project, List.of(view), List.of(any)).completeThrough(view));
        });
    last = now;
  }
}
