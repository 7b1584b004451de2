package io.freshet.local.demo;

import io.freshet.local.demo.ComparisonTable.RoutedComparison;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The main job on real flights: register, route, stream, materialize, look up, and compare what was
 * served with what the events say. Each run has a project of its own, so that nothing of an earlier
 * one is in its way; the projects of earlier runs are deleted.
 */
public final class Demonstration {
  private static final String PROJECT_PREFIX = "flights_";
  private static final int PUSH = 5000;
  private static final Duration CATCH_UP = Duration.ofMinutes(15);
  private static final Duration RUN = Duration.ofMinutes(10);

  private final PlatformClient client;
  private final Narration narration;
  private final Pace pace;
  private final String project;

  /**
   * How fast and how long live departures are replayed.
   *
   * @param speed how many times faster than they happened
   */
  public record Pace(double speed, Duration liveTime) {}

  /**
   * @param address of the control plane
   */
  public Demonstration(String address, Pace pace, PrintStream out) {
    this.client = new PlatformClient(address);
    this.narration = new Narration(out);
    this.pace = pace;
    this.project =
        PROJECT_PREFIX
            + DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT)
                .format(Instant.now().atOffset(ZoneOffset.UTC));
  }

  /** Runs it; true if every compared value was equal. */
  public boolean run() {
    try {
      Flights flights = Flights.load();
      deleteEarlierRuns();
      List<Departure> history = pushHistory(flights);
      registerViews();
      awaitHistory(history);
      List<Departure> live = replay(flights);
      materializeAgain();
      awaitLive(live);
      return compare(history, live);
    } catch (DemoFailedException e) {
      narration.say("The demonstration failed: " + e.getMessage());
      return false;
    }
  }

  private void deleteEarlierRuns() {
    for (String earlier : client.projects()) {
      if (earlier.startsWith(PROJECT_PREFIX)) {
        narration.say("Deleting project " + earlier + " of an earlier run");
        client.delete(earlier);
      }
    }
  }

  private List<Departure> pushHistory(Flights flights) {
    narration.chapter("The source, and two weeks of history");
    client.apply(DemoDocuments.source(project));
    narration.say("Registered project " + project + " with entities airport and route");
    List<Departure> history = flights.historyEndingAt(System.currentTimeMillis());
    for (int from = 0; from < history.size(); from += PUSH) {
      client.push(project, history.subList(from, Math.min(history.size(), from + PUSH)));
    }
    narration.say(
        "Pushed %,d departures from %s to %s into the source's topic by REST"
            .formatted(
                history.size(),
                time(history.get(0).timeMillis()),
                time(history.get(history.size() - 1).timeMillis())));
    return history;
  }

  private void registerViews() {
    narration.chapter("The views, and where the platform put each");
    client.apply(DemoDocuments.views(project));
    narration.show(RouteTable.of(client.routes(project)));
  }

  /** Until the streaming job has caught up and each batch view was materialized once. */
  private void awaitHistory(List<Departure> history) {
    narration.chapter("Both engines work through the history");
    long lastMillis = history.get(history.size() - 1).timeMillis();
    Progress progress = new Progress(client, project, ExpectedViews.keyKinds());
    narration.await(
        "streaming views through the history and a first run of each batch tier",
        CATCH_UP,
        progress::toString,
        () -> progress.streamingIsThrough(lastMillis) && progress.batchHasRun());
    narration.say("Done: " + progress);
  }

  private List<Departure> replay(Flights flights) {
    narration.chapter(
        "Live: departures replayed %.0f times faster than they happened, for %d s"
            .formatted(pace.speed(), pace.liveTime().toSeconds()));
    Instant end = Instant.now().plus(pace.liveTime());
    try (Replay replay = new Replay(client, project, flights.live(), pace.speed())) {
      replay.start();
      while (Instant.now().isBefore(end)) {
        Narration.pause(Duration.ofSeconds(1));
        showLookup(replay);
      }
      List<Departure> live = replay.stop();
      if (live.isEmpty()) {
        throw new DemoFailedException("no departure was replayed: raise --speed");
      }
      narration.say("Replayed %,d departures".formatted(live.size()));
      return live;
    }
  }

  private void showLookup(Replay replay) {
    for (Departure newest : replay.newest(1)) {
      EntityKey route = new EntityKey(newest.origin(), newest.destination());
      LookupAnswer answer = client.lookupService(project, "delay_risk", List.of(route));
      List<String> shown = new ArrayList<>();
      for (int i = 0; i < answer.features().size(); i++) {
        String feature = answer.features().get(i);
        if (i < 3 || !feature.startsWith("airport_now")) {
          shown.add(feature.substring(feature.indexOf('.') + 1) + "=" + brief(answer.value(0, i)));
        }
      }
      narration.say(
          "%5d sent; %s: %s".formatted(replay.sentSoFar(), route, String.join("  ", shown)));
    }
  }

  private void materializeAgain() {
    narration.chapter("The batch tiers once more, with the live departures");
    for (String tier : List.of("hourly", "daily")) {
      String operation = client.materialize(project, tier);
      narration.await(
          "run of tier " + tier,
          RUN,
          () -> tier + " run: " + client.operation(operation).path("state").asString(),
          () -> !client.operation(operation).path("state").asString().equals("RUNNING"));
      JsonNode ended = client.operation(operation);
      if (!ended.path("state").asString().equals("SUCCEEDED")) {
        throw new DemoFailedException("the run of tier " + tier + " failed: " + ended);
      }
      narration.say("Tier " + tier + " is materialized");
    }
  }

  private void awaitLive(List<Departure> live) {
    long lastMillis = live.get(live.size() - 1).timeMillis();
    Progress progress = new Progress(client, project, ExpectedViews.keyKinds());
    narration.await(
        "streaming views through the last departure at " + time(lastMillis),
        Duration.ofMinutes(3),
        progress::toString,
        () -> progress.streamingIsThrough(lastMillis));
    narration.say("The streaming views are complete through the last departure: " + progress);
  }

  private boolean compare(List<Departure> history, List<Departure> live) {
    narration.chapter("Served values against a recomputation from the raw events");
    List<RoutedComparison> comparisons = new Check(client, project, history, live).run();
    narration.show(ComparisonTable.of(comparisons));
    boolean holds = comparisons.stream().allMatch(one -> one.comparison().holds());
    int values = comparisons.stream().mapToInt(one -> one.comparison().values()).sum();
    narration.say(
        holds
            ? "All %,d compared values are equal.".formatted(values)
            : "Not all of the %,d compared values are equal.".formatted(values));
    return holds;
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static String brief(@Nullable Object value) {
    return value instanceof Double number ? "%.3f".formatted(number) : String.valueOf(value);
  }
}
