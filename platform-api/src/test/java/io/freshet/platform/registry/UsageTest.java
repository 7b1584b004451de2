package io.freshet.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsageTest {
  private final ApiClient client = Platform.shared().platform().client();
  private final Flights flights = new Flights();

  @BeforeEach
  void register() {
    flights.registerBasics(client);
    client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    client
        .putYaml(flights.path("services/risk"), flights.service("[delays.delay_average_3h]"))
        .expect(201);
  }

  @Test
  void whatIsUsedIsNotDeleted() {
    assertThat(client.delete(flights.path("entities/airport")).expectProblem(409).violationPaths())
        .containsExactly("views/delays");
    assertThat(client.delete(flights.path("sources/departures")).expectProblem(409).body())
        .contains("FeatureView delays is made of EventSource departures");
    assertThat(client.delete(flights.path("views/delays")).expectProblem(409).violationPaths())
        .containsExactly("services/risk");
    assertThat(client.delete("/api/v1/projects/" + flights.project()).expectProblem(409).body())
        .contains("belongs to it");
  }

  @Test
  void whatNothingUsesIsDeleted() {
    client.delete(flights.path("services/risk")).expect(204);
    client.delete(flights.path("views/delays")).expect(204);
    client.delete(flights.path("sources/departures")).expect(204);
    client.delete(flights.path("entities/airport")).expect(204);
    client.delete(flights.path("entities/route")).expect(204);
    client.delete("/api/v1/projects/" + flights.project()).expect(204);

    client.get("/api/v1/projects/" + flights.project()).expectProblem(404);
    client.delete(flights.path("views/delays")).expect(204);
  }

  @Test
  void aSourceThatViewsUseTakesAnOptionalColumnOnly() {
    String path = flights.path("sources/departures");

    client
        .putYaml(path, flights.departures("- {name: gate, type: string, optional: true}"))
        .expect(200);

    Answer required =
        client.putYaml(path, flights.departures("- {name: gate, type: string}")).expectProblem(409);
    assertThat(required.violationPaths())
        .containsExactly("spec.columns[5].optional", "views/delays");
  }

  @Test
  void aChangeOfASourceThatViewsCannotBearIsRefusedWithEveryReason() {
    String path = flights.path("sources/departures");
    String changed =
        flights
            .departures()
            .replace("type: float64, optional: true", "type: int64")
            .replace("_departures", "_x")
            .replace("maxDisorder: 30s", "maxDisorder: 31s")
            .replace("name: cancelled", "name: canceled");

    Answer refused = client.putYaml(path, changed).expectProblem(409);

    assertThat(refused.violationPaths())
        .containsExactly(
            "spec.columns[3].type",
            "spec.columns[3].optional",
            "spec.columns",
            "spec.columns[4].optional",
            "spec.kafka.topic",
            "spec.maxDisorder",
            "views/delays");
    assertThat(refused.body())
        .contains("Cannot remove column cancelled", "FeatureView delays is made of");
    client
        .putYaml(
            path, flights.departures().replace("type: boolean}", "type: boolean, coerce: true}"))
        .expect(200);
  }

  @Test
  void aSourceThatNoViewUsesTakesAnyChange() {
    client.delete(flights.path("services/risk")).expect(204);
    client.delete(flights.path("views/delays")).expect(204);

    client
        .putYaml(
            flights.path("sources/departures"),
            flights.departures().replace("type: float64", "type: int64"))
        .expect(200);
  }

  @Test
  void anEntityThatViewsUseKeepsItsJoinKeys() {
    String path = flights.path("entities/airport");

    client
        .putYaml(path, flights.airport().replace("type: string", "type: int64"))
        .expectProblem(409);

    client
        .putYaml(path, flights.airport().replace("{name: airport,", "{name: airport, owner: me,"))
        .expect(200);
    client
        .putYaml(flights.path("entities/route"), flights.route().replace("int64", "string"))
        .expect(200);
  }

  @Test
  void aViewKeepsTheFeaturesThatServicesRead() {
    String path = flights.path("views/delays");
    String without =
        flights
            .delays()
            .replace("  - {name: delay_average_3h", "  - {name: delay_average")
            .replace("      - {name: delay_average_3h", "      - {name: delay_average");

    assertThat(client.putYaml(path, without).expectProblem(409).body())
        .contains("FeatureService risk reads delays.delay_average_3h");
    client
        .send(
            "POST",
            "/api/v1/apply",
            "application/yaml",
            without + "---\n" + flights.service("[delays.delay_average]"))
        .expect(200);
  }
}
