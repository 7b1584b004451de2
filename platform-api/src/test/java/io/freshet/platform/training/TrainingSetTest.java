package io.freshet.platform.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.schedule.ScriptedPlatform;
import io.freshet.platform.schedule.ScriptedRun;
import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the request to the run's result; the runs are scripted. */
class TrainingSetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Path folder;
  private static Platform platform;
  private static ApiClient client;

  private final Flights flights = new Flights();

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    platform =
        ScriptedPlatform.start(
            folder, "freshet.batch.table-roots=" + Files.createDirectory(folder.resolve("tables")));
    client = platform.client();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void aServiceBecomesARunWhoseStatisticsAreInTheOperation() throws Exception {
    registerViews();
    client
        .putYaml(flights.path("services/risk"), flights.service("[risk_now.delay_ratio, delays]"))
        .expect(201);

    Answer accepted =
        client.postJson(
            flights.path("training-sets"),
            """
            {"spine": {"path": "%1$s/labels.csv", "format": "csv", "labelTime": "at",
                       "columns": {"late": "boolean"}},
             "service": "risk", "mode": "exact",
             "output": {"path": "%1$s/set", "format": "parquet"}}
            """
                .formatted(folder.resolve("tables")));

    String operation = accepted.expect(202).header("Location");
    assertThat(accepted.at("/cause").asString()).isEqualTo("TRAINING_SET");
    await()
        .atMost(PATIENCE)
        .until(() -> client.get(operation).at("/state").asString().equals("SUCCEEDED"));
    Answer done = client.get(operation);
    assertThat(done.at("/result/rows").asInt()).isEqualTo(8);
    assertThat(done.at("/result/labelsWithoutTime").asInt()).isEqualTo(1);
    assertThat(done.at("/result/features/0/feature").asString()).isEqualTo("risk_now.delay_ratio");
    assertThat(done.at("/result/features/0/nullRate").asDouble()).isEqualTo(0.25);
    assertThat(done.at("/result/output").asString()).endsWith("/tables/set");
    assertThat(ScriptedRun.journal(folder, flights.project()))
        .anyMatch(
            line ->
                line.startsWith(
                        "end EXACT [risk_now.delay_ratio, delays.departures_1h,"
                            + " delays.delay_average_3h] of [departures [")
                    && line.endsWith("computed [risk_now], to PARQUET"));
  }

  @Test
  void aListIsAsServedUnlessItSaysOtherwise() throws Exception {
    registerViews();

    Answer accepted =
        client.postJson(
            flights.path("training-sets"),
            """
            {"spine": {"path": "%1$s/labels", "format": "delta", "labelTime": "at"},
             "features": ["route_delays.delay_max_7d", "route_delays"],
             "output": {"path": "file:%1$s/set", "format": "delta"}}
            """
                .formatted(folder.resolve("tables")));

    String operation = accepted.expect(202).header("Location");
    await()
        .atMost(PATIENCE)
        .until(() -> client.get(operation).at("/state").asString().equals("SUCCEEDED"));
    assertThat(ScriptedRun.journal(folder, flights.project()))
        .contains(
            "end AS_SERVED [route_delays.delay_max_7d] of [departures [DAILY]], computed [], to DELTA");
  }

  @Test
  void allFaultsAreNamedAtOnce() throws Exception {
    registerViews();

    Answer refused =
        client.postJson(
            flights.path("training-sets"),
            """
            {"spine": {"path": "%1$s/../elsewhere", "format": "xls",
                       "columns": {"late": "bool"}},
             "features": ["delays.unknown", "unknown", null, "risk_now.unknown"],
             "mode": "served",
             "output": {"path": "/etc/set", "format": "csv"}}
            """
                .formatted(folder.resolve("tables")));

    assertThat(refused.expectProblem(422).violationPaths())
        .containsExactlyInAnyOrder(
            "spine.path",
            "spine.format",
            "spine.columns.late",
            "spine.labelTime",
            "output.path",
            "output.format",
            "mode",
            "features[0]",
            "features[1]",
            "features[2]",
            "features[3]");
    assertThat(
            client
                .postJson(flights.path("training-sets"), "{}")
                .expectProblem(422)
                .violationPaths())
        .containsExactlyInAnyOrder("spine", "output", "service");
  }

  @Test
  void whatIsWrittenMustNotBecomePartOfWhatIsRead() throws Exception {
    registerViews();

    Answer refused =
        client.postJson(
            flights.path("training-sets"),
            """
            {"spine": {"path": "%1$s/labels", "format": "delta", "labelTime": "at"},
             "service": "unknown",
             "output": {"path": "%1$s/labels/set", "format": "delta"}}
            """
                .formatted(folder.resolve("tables")));

    assertThat(refused.expectProblem(422).violationPaths())
        .containsExactlyInAnyOrder("service", "output.path");
  }

  @Test
  void anUnknownProjectIsNotFound() {
    client.postJson("/api/v1/projects/none/training-sets", "{}").expectProblem(404);
  }

  private void registerViews() throws Exception {
    ScriptedRun.behave(folder, flights.project(), "succeed");
    flights.registerBasics(client);
    client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    client.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);
    client.putYaml(flights.path("on-demand-views/risk_now"), flights.riskNow()).expect(201);
  }
}
