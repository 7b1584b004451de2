package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.local.demo.Launcher.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import tools.jackson.databind.JsonNode;

/**
 * The whole platform as processes, with a project whose source gets seeded departures. It says the
 * seed; {@code -Dfreshet.seed=N} draws the same departures again.
 */
final class AirportPlatform implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(6);

  private final Launcher launcher;
  private final String project;
  private final PlatformClient client;
  private final PlatformRest rest;
  private final SeededTraffic traffic;

  private AirportPlatform(Launcher launcher, String project, int airports) {
    this.launcher = launcher;
    this.project = project;
    String address = launcher.status().api();
    this.client = new PlatformClient(address);
    this.rest = new PlatformRest(address);
    long seed = Long.getLong("freshet.seed", System.nanoTime());
    System.out.println(project + ": seed " + seed + ", repeat with -Dfreshet.seed=" + seed);
    client.apply(AirportViews.source(project));
    client.push(project, List.of()); // The platform makes a source's topic at the first push.
    this.traffic =
        new SeededTraffic(
            seed, airports, launcher.service("kafka").address(), project + ".departures");
  }

  /**
   * @param settings of the control plane, as environment variables
   * @param airports how many the departures are of
   */
  static AirportPlatform start(
      Path folder, String project, int airports, Map<String, String> settings) throws Exception {
    Launcher launcher = new Launcher(folder, settings);
    Outcome up = launcher.run("up", "--detach");
    assertThat(up.exit()).as(up.output()).isZero();
    try {
      return new AirportPlatform(launcher, project, airports);
    } catch (RuntimeException e) {
      launcher.run("down");
      throw e;
    }
  }

  Launcher launcher() {
    return launcher;
  }

  PlatformRest rest() {
    return rest;
  }

  SeededTraffic traffic() {
    return traffic;
  }

  /** A process of the platform, as it runs now. */
  ProcessHandle process(String service) {
    return ProcessHandle.of(launcher.service(service).pid()).orElseThrow();
  }

  /** Ends a process of the platform as {@code kill -9} does; returns once it is gone. */
  void kill(String service) {
    ProcessHandle process = process(service);
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Registers a view, or changes it. */
  void put(String view, String document) throws IOException, InterruptedException {
    rest.put("/api/v1/projects/" + project + "/views/" + view, document);
  }

  JsonNode route(String view) throws IOException, InterruptedException {
    return rest.find("/api/v1/projects/" + project + "/views/" + view + "/route");
  }

  /** The source's one streaming job, as its status shows it. */
  JsonNode stream() {
    return client.status(project).path("streams").path(0);
  }

  /** The view's part of the answer to a lookup: its state, engine and freshness. */
  JsonNode served(String view) throws IOException, InterruptedException {
    return rest.lookup(project, view, traffic.airports().subList(0, 1)).path("views").path(0);
  }

  /** A watch of the view that must find a right row for every airport, always. */
  LookupWatch watch(ExpectedView view) {
    return new LookupWatch(rest, project, view, traffic);
  }

  /** Returns once a view is served by the tier and has all of its history there. */
  void awaitLive(String view, String tier) {
    eventually(
        () -> {
          JsonNode route = route(view);
          assertThat(route.path("servedTier").asString("")).as("%s", route).isEqualTo(tier);
          assertThat(route.path("state").asString("")).as("%s", route).isEqualTo("LIVE");
          assertThat(route.has("handOver")).as("%s", route).isFalse();
        });
  }

  /** Returns once a streaming view says that it has everything that was sent. */
  void awaitThrough(String view) {
    Instant newest = Instant.ofEpochMilli(traffic.newestMillis());
    eventually(() -> assertThat(completeThrough(view)).isAfter(newest));
  }

  /** Returns once the row of every airport is right and holds all that its view promises. */
  void awaitOracle(ExpectedView view) {
    eventually(
        () -> {
          ViewComparison comparison = compare(view);
          assertThat(comparison.holds())
              .as("%d of %d: %s", comparison.equal(), comparison.values(), comparison.examples())
              .isTrue();
        });
  }

  /** How many values there are no rows of. */
  int missing(ExpectedView view) throws IOException, InterruptedException {
    LookupAnswer answer = new LookupAnswer(rest.lookup(project, view.name(), traffic.airports()));
    int missing = 0;
    for (int airport = 0; airport < traffic.airports().size(); airport++) {
      for (int feature = 0; feature < answer.features().size(); feature++) {
        missing += answer.asOf(airport, feature).isEmpty() ? 1 : 0;
      }
    }
    return missing;
  }

  static void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofSeconds(1))
        .pollInSameThread()
        .ignoreExceptions()
        .untilAsserted(assertion);
  }

  @Override
  public void close() {
    traffic.close();
    try {
      Outcome down = launcher.run("down");
      assertThat(down.exit()).as(down.output()).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The departures are taken last: all that a row may count are among them then. */
  private ViewComparison compare(ExpectedView view) throws IOException, InterruptedException {
    Instant promised = completeThrough(view.name());
    List<EntityKey> airports = traffic.airports();
    LookupAnswer answer = new LookupAnswer(rest.lookup(project, view.name(), airports));
    ViewComparison comparison = new ViewComparison(view, traffic.byAirport(), promised);
    comparison.compare(airports, answer);
    return comparison;
  }

  private Instant completeThrough(String view) throws IOException, InterruptedException {
    return Instant.parse(served(view).path("completeThrough").asString());
  }
}
