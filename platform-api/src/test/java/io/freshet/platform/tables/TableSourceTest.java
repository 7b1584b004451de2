package io.freshet.platform.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.TableFormat;
import io.freshet.plan.TablePlan;
import io.freshet.platform.schedule.ScriptedPlatform;
import io.freshet.platform.schedule.ScriptedRun;
import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source over a table, from its registration to the plan of its run; the runs are scripted. */
class TableSourceTest {
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
  void itsViewsAreMaterializedByRunsThatReadItAndNothingOfItIsInKafka() throws Exception {
    ScriptedRun.behave(folder, flights.project(), "succeed");
    Path table = Files.createDirectory(folder.resolve("tables").resolve(flights.project()));
    flights.registerBasics(client);
    client.putYaml(flights.path("sources/arrivals"), arrivals(table.toString())).expect(201);

    client.putYaml(flights.path("views/arrival_delays"), view("tier: hourly")).expect(201);
    client.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(status().at("/batchRuns/0/state").asString()).isEqualTo("SUCCEEDED"));
    assertThat(status().at("/table/format").asString()).isEqualTo("delta");
    assertThat(status().at("/table/path").asString()).isEqualTo(table.toString());
    assertThat(status().at("/streams").isEmpty()).isTrue();
    assertThat(planOfRun(status().at("/batchRuns/0/id").asString()).source().table())
        .isEqualTo(new TablePlan(TableFormat.DELTA, "file://" + table.toRealPath()));
    await().atMost(PATIENCE).until(() -> topics().contains(flights.project() + "_departures"));
    assertThat(topics()).noneMatch(topic -> topic.contains(flights.project() + ".arrivals"));
  }

  @Test
  void aTableOutsideOfTheRootsIsRefusedBesideEveryOtherFault() {
    flights.registerBasics(client);
    String outside = arrivals(folder.resolve("runs").toString());

    Answer refused = client.putYaml(flights.path("sources/arrivals"), outside).expectProblem(422);

    assertThat(refused.violationPaths()).containsExactly("spec.table.path");
    assertThat(refused.at("/violations/0/message").asString())
        .startsWith("Cannot read the table at " + folder.resolve("runs") + ": ")
        .contains("freshet.batch.table-roots");
    String airport = flights.airport().replace("type: string", "type: text");
    assertThat(
            client
                .send("POST", "/api/v1/apply", "application/yaml", airport + "---\n" + outside)
                .expectProblem(422)
                .violationPaths())
        .containsExactly("documents[0].spec.joinKeys[0].type", "documents[1].spec.table.path");
    client.get(flights.path("sources/arrivals")).expectProblem(404);
  }

  @Test
  void aViewOverItThatOnlyAStreamCouldKeepFreshIsRefused() {
    flights.registerBasics(client);
    client.putYaml(flights.path("sources/arrivals"), arrivals(inRoot())).expect(201);
    String path = flights.path("views/arrival_delays");

    Answer streamed = client.putYaml(path, view("tier: streaming")).expectProblem(422);
    Answer fresh = client.putYaml(path, view("maxStaleness: 1m")).expectProblem(422);
    Answer undeclared = client.putYaml(path + "?dryRun=true", view("maxStaleness: 2h"));

    assertThat(streamed.violationPaths()).containsExactly("spec.freshness.tier");
    assertThat(fresh.violationPaths()).containsExactly("spec.freshness.maxStaleness");
    assertThat(fresh.at("/violations/0/message").asString())
        .isEqualTo(
            "Cannot keep a maxStaleness of 1m: the events of source arrivals are the rows of a table, which only batch runs read, and hourly ones keep 1h15m; declare that or more");
    assertThat(undeclared.expect(200).at("/route/tier").asString()).isEqualTo("hourly");
    assertThat(undeclared.at("/route/alternatives").size()).isEqualTo(1);
  }

  @Test
  void nothingIsPushedToIt() {
    flights.registerBasics(client);
    client.putYaml(flights.path("sources/arrivals"), arrivals(inRoot())).expect(201);

    Answer refused =
        client.postJson(flights.path("sources/arrivals/events"), "[{}]").expectProblem(409);
    client.delete(flights.path("sources/arrivals/streams/exactly_once")).expectProblem(404);

    assertThat(refused.at("/detail").asString())
        .isEqualTo(
            "Cannot push events to source arrivals: its events are the rows of delta table "
                + inRoot()
                + ", which its owner writes; add them there");
    assertThat(refused.at("/type").asString()).isEqualTo("urn:freshet:problem:not-pushed");
  }

  private String inRoot() {
    return folder.resolve("tables/later").toString();
  }

  private Answer status() {
    return client.get(flights.path("sources/arrivals/status")).expect(200);
  }

  private String arrivals(String path) {
    return flights.document(
        "EventSource",
        "arrivals",
        """
        columns:
          - {name: landed_at, type: timestamp}
          - {name: origin, type: string}
          - {name: delay, type: float64, optional: true}
        eventTime: landed_at
        table: {format: delta, path: %s}
        """
            .formatted(path));
  }

  private String view(String freshness) {
    return flights.document(
        "FeatureView",
        "arrival_delays",
        """
        entity: airport
        source: arrivals
        features:
          - {name: delay_average_6h, aggregation: average, input: delay, window: 6h}
        freshness: {%s}
        """
            .formatted(freshness));
  }

  private static BatchRunPlan planOfRun(String id) throws Exception {
    try (Stream<Path> attempts = Files.list(folder.resolve("runs"))) {
      String begin = folder.resolve("runs").resolve(id).toString();
      Path attempt =
          attempts.filter(one -> one.toString().startsWith(begin)).findFirst().orElseThrow();
      return PlanCodec.decode(Files.readAllBytes(attempt.resolve("plan.json")), BatchRunPlan.class);
    }
  }

  private static Set<String> topics() throws Exception {
    String servers = Platform.shared().kafka().bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      return admin.listTopics().names().get();
    }
  }
}
