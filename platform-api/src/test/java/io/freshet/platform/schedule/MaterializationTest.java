package io.freshet.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

class MaterializationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Platform platform;
  private static ApiClient client;

  private final Flights flights = new Flights();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    ScriptedRun.behave(folder, "succeed");
    platform = ScriptedPlatform.start(folder);
    client = platform.client();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void materializesANewViewAndThenOnDemand() {
    flights.registerBasics(client);
    client.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Answer status = client.get(flights.path("sources/departures/status")).expect(200);
              assertThat(status.at("/batchRuns/0/state").asString()).isEqualTo("SUCCEEDED");
              assertThat(status.at("/batchRuns/0/cause").asString()).isEqualTo("NEW_VIEWS");
              assertThat(status.at("/views/0/view").asString()).isEqualTo("route_delays");
            });

    Answer accepted =
        client.postJson(
            flights.path("materializations"), "{\"source\": \"departures\", \"tier\": \"daily\"}");

    String operation = accepted.expect(202).header("Location");
    await()
        .atMost(PATIENCE)
        .until(() -> client.get(operation).at("/state").asString().equals("SUCCEEDED"));
    assertThat(client.get(operation).at("/result/views/0/applied").asInt()).isEqualTo(2);
    client.postJson(operation + "/cancel", "").expectProblem(409);
    assertThat(client.get("/actuator/prometheus").body())
        .contains("freshet_batch_runs_total{outcome=\"succeeded\"")
        .contains("freshet_batch_run_seconds_count{tier=\"daily\"")
        .contains("freshet_batch_rows_applied_total{");
  }

  @Test
  void refusesWhatCannotBeMaterialized() {
    flights.registerBasics(client);
    String path = flights.path("materializations");

    assertThat(
            client
                .postJson(
                    path,
                    "{\"source\": \"departures\", \"tier\": \"streaming\", \"asOf\": \""
                        + Instant.now().plusSeconds(3600)
                        + "\"}")
                .expectProblem(422)
                .violationPaths())
        .containsExactly("tier", "asOf");
    client.postJson(path, "{\"source\": \"departures\", \"tier\": \"daily\"}").expectProblem(422);
    client.postJson(path, "{\"source\": \"arrivals\", \"tier\": \"daily\"}").expectProblem(404);
    client.postJson(path, "{}").expectProblem(404);
    client.get("/api/v1/operations/none").expectProblem(404);
    client.postJson("/api/v1/operations/none/cancel", "").expectProblem(404);
    client.get(flights.path("sources/arrivals/status")).expectProblem(404);
  }
}
