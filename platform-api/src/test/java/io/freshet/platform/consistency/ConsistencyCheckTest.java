package io.freshet.platform.consistency;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the request to the run's result and the metrics; the runs are scripted. */
class ConsistencyCheckTest {
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
  void aCheckOfAllViewsIsARunWhoseReportIsInTheOperationAndInTheMetrics() throws Exception {
    registerViews(client);

    Answer accepted = client.postJson(checks(), "{}");

    String operation = accepted.expect(202).header("Location");
    assertThat(accepted.at("/cause").asString()).isEqualTo("CONSISTENCY");
    assertThat(accepted.at("/source").asString()).isEqualTo("departures");
    Answer done = awaitDone(operation);
    assertThat(done.at("/result/sampleOneIn").asInt()).isEqualTo(100);
    assertThat(done.at("/result/views/0/compared").asInt()).isEqualTo(9);
    assertThat(done.at("/result/views/0/mismatched/wrong").asInt()).isEqualTo(1);
    assertThat(done.at("/result/views/0/skipped/CHANGED").asInt()).isEqualTo(2);
    assertThat(done.at("/result/views/0/examples/0/finding").asString()).isEqualTo("WRONG");
    assertThat(ScriptedRun.journal(folder, flights.project()))
        .contains("end check of [delays, route_delays], one key in 100");
    String tags = "project=\"%s\",view=\"delays\"".formatted(flights.project());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains("freshet_consistency_compared{" + tags + "} 9.0")
                    .contains("freshet_consistency_mismatched{cause=\"wrong\"," + tags + "} 1.0")
                    .contains("freshet_consistency_mismatched{cause=\"late\"," + tags + "} 0.0")
                    .contains("freshet_consistency_missing{" + tags + "} 0.0")
                    .contains("freshet_consistency_extra{" + tags + "} 0.0")
                    .contains("freshet_consistency_skipped{" + tags + "} 2.0")
                    .contains("freshet_consistency_checked_timestamp_seconds{" + tags + "}"));
  }

  @Test
  void someViewsAreCheckedInASampleOfTheUsersSize() throws Exception {
    registerViews(client);

    Answer accepted =
        client.postJson(checks(), "{\"views\": [\"route_delays\"], \"sampleOneIn\": 1}");

    awaitDone(accepted.expect(202).header("Location"));
    assertThat(ScriptedRun.journal(folder, flights.project()))
        .contains("end check of [route_delays], one key in 1");
  }

  @Test
  void allFaultsAreNamedAtOnce() throws Exception {
    registerViews(client);

    assertThat(
            client
                .postJson(
                    checks(), "{\"views\": [\"delays\", \"unknown\", null], \"sampleOneIn\": 0}")
                .expectProblem(422)
                .violationPaths())
        .containsExactlyInAnyOrder("views[1]", "views[2]", "sampleOneIn");
    assertThat(client.postJson(checks(), "{\"views\": []}").expectProblem(422).violationPaths())
        .containsExactly("views");
  }

  @Test
  void aSourceWithoutViewsCannotBeChecked() {
    flights.registerBasics(client);

    assertThat(client.postJson(checks(), "{}").expectProblem(422).violationPaths())
        .containsExactly("views");
  }

  @Test
  void anUnknownSourceIsNotFound() {
    client.postJson(flights.path("sources/none/consistency-checks"), "{}").expectProblem(404);
    flights.registerBasics(client);
    client.postJson(flights.path("sources/none/consistency-checks"), "{}").expectProblem(404);
  }

  @Test
  void everySourceIsCheckedRegularlyIfThatIsWanted() throws Exception {
    try (Platform regular =
        ScriptedPlatform.start(
            folder, "freshet.consistency.every=1h", "freshet.consistency.sample-one-in=7")) {
      registerViews(regular.client());

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(ScriptedRun.journal(folder, flights.project()))
                      .anyMatch(line -> line.matches("end check of .*delays.*, one key in 7")));
    }
  }

  private static Answer awaitDone(String operation) {
    await()
        .atMost(PATIENCE)
        .until(() -> client.get(operation).at("/state").asString().equals("SUCCEEDED"));
    return client.get(operation);
  }

  private static String metrics() {
    return client.get("/actuator/prometheus").expect(200).body();
  }

  private String checks() {
    return flights.path("sources/departures/consistency-checks");
  }

  private void registerViews(ApiClient to) throws Exception {
    ScriptedRun.behave(folder, flights.project(), "succeed");
    flights.registerBasics(to);
    to.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    to.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);
  }
}
