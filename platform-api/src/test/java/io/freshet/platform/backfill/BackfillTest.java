package io.freshet.platform.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.schedule.ScriptedPlatform;
import io.freshet.platform.schedule.ScriptedRun;
import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the request to the run's result; the runs are scripted. */
class BackfillTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Path folder;
  private static Platform platform;
  private static ApiClient client;

  private final Flights flights = new Flights();

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    platform = ScriptedPlatform.start(folder);
    client = platform.client();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void whatIsMissingBecomesARunThatTellsWhatItDid() throws Exception {
    registerViews();

    Answer accepted =
        client.postJson(
            flights.path("views/route_delays/backfills"),
            """
            {"from": "2025-03-01T00:00:00Z", "to": "2025-06-01T00:00:00Z"}
            """);

    String operation = accepted.expect(202).header("Location");
    assertThat(accepted.at("/cause").asString()).isEqualTo("BACKFILL");
    assertThat(accepted.at("/source").asString()).isEqualTo("departures");
    awaitState(operation, "SUCCEEDED");
    Answer done = client.get(operation);
    assertThat(done.at("/result/views/0/view").asString()).isEqualTo("route_delays");
    assertThat(done.at("/result/views/0/chunks").asInt()).isEqualTo(3);
    assertThat(done.at("/result/views/0/rows").asInt()).isEqualTo(9);
    assertThat(done.at("/result/views/0/cost").isObject()).isFalse();
    assertThat(ScriptedRun.journal(folder, flights.project()))
        .contains(
            "end ROWS of MISSING ticks of [route_delays] from 2025-03-01T00:00:00Z to"
                + " 2025-06-01T00:00:00Z");
  }

  @Test
  void anEstimateTellsTheCost() throws Exception {
    registerViews();

    String operation =
        client
            .postJson(
                flights.path("views/route_delays/backfills"),
                """
                {"from": "2025-03-01T00:00:00Z", "to": "2025-06-01T00:00:00Z",
                 "ranges": "all", "estimate": true}
                """)
            .expect(202)
            .header("Location");

    awaitState(operation, "SUCCEEDED");
    assertThat(client.get(operation).at("/result/views/0/cost/cpuSeconds").asDouble()).isEqualTo(2);
    assertThat(ScriptedRun.journal(folder, flights.project()))
        .anyMatch(line -> line.startsWith("end ESTIMATE of ALL ticks of [route_delays]"));
  }

  @Test
  void aBackfillShowsItsChunksAndIsCancelled() throws Exception {
    registerViews();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                client
                    .get(flights.path("sources/departures/status"))
                    .at("/batchRuns/0/state")
                    .asString()
                    .equals("SUCCEEDED"));
    ScriptedRun.behave(folder, flights.project(), "tell and hang");

    String operation =
        client
            .postJson(
                flights.path("views/route_delays/backfills"),
                """
                {"from": "2025-03-01T00:00:00Z", "to": "2025-06-01T00:00:00Z"}
                """)
            .expect(202)
            .header("Location");

    await()
        .atMost(PATIENCE)
        .until(() -> client.get(operation).at("/progress/chunksKnown").asInt(0) == 12);
    assertThat(client.get(operation).at("/progress/chunksDone").asInt()).isEqualTo(2);
    client.postJson(operation + "/cancel", "{}").expect(200);
    awaitState(operation, "CANCELLED");
  }

  @Test
  void allFaultsAreNamedAtOnce() throws Exception {
    registerViews();
    String streamed = flights.path("views/delays/backfills");
    String daily = flights.path("views/route_delays/backfills");
    Instant future = Instant.now().plus(Duration.ofDays(1));

    Answer refused =
        client.postJson(
            streamed,
            """
            {"from": "%s", "to": "%s", "ranges": "some"}
            """
                .formatted(future.plusSeconds(1), future));

    assertThat(refused.expectProblem(422).violationPaths())
        .containsExactlyInAnyOrder("view", "from", "to", "ranges");
    assertThat(client.postJson(daily, "{}").expectProblem(422).violationPaths())
        .containsExactlyInAnyOrder("from", "to");
    assertThat(
            client
                .postJson(
                    daily,
                    """
                    {"from": "2001-01-01T00:00:00Z", "to": "2025-01-01T00:00:00Z"}
                    """)
                .expectProblem(422)
                .violationPaths())
        .containsExactly("from");
  }

  @Test
  void anUnknownViewIsNotFound() throws Exception {
    registerViews();

    client.postJson(flights.path("views/none/backfills"), "{}").expectProblem(404);
    client.postJson("/api/v1/projects/none/views/v/backfills", "{}").expectProblem(404);
  }

  private static void awaitState(String operation, String state) {
    await()
        .atMost(PATIENCE)
        .until(() -> client.get(operation).at("/state").asString().equals(state));
  }

  private void registerViews() throws Exception {
    ScriptedRun.behave(folder, flights.project(), "succeed");
    flights.registerBasics(client);
    client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    client.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);
  }
}
