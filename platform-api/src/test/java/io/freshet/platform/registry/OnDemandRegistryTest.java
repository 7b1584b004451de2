package io.freshet.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnDemandRegistryTest {
  private static final String YAML = "application/yaml";

  private final ApiClient client = Platform.shared().platform().client();
  private final Flights flights = new Flights();
  private final String path = flights.path("on-demand-views/risk_now");

  @Test
  void allDocumentsAreAppliedAtOnceInAnyOrder() {
    List<String> documents =
        List.of(
            flights.service("[risk_now.delay_ratio, delays]"),
            flights.riskNow(),
            flights.routeDelays(),
            flights.delays(),
            flights.departures(),
            flights.route(),
            flights.airport(),
            flights.projectDocument());

    Answer applied =
        client.send("POST", "/api/v1/apply", YAML, String.join("---\n", documents)).expect(200);

    assertThat(applied.at("/results/6/kind").asString()).isEqualTo("OnDemandFeatureView");
    assertThat(applied.at("/results/6/effect").asString()).isEqualTo("create");
    assertThat(applied.at("/results/7/kind").asString()).isEqualTo("FeatureService");
    client.send("POST", "/api/v1/apply", YAML, String.join("---\n", documents)).expect(200);
    assertThat(client.get(flights.path("routes")).at("/routes").size()).isEqualTo(2);
  }

  @Test
  void aDryRunAnswersWithThePlanAndChangesNothing() {
    registerViews();

    Answer preview = client.putYaml(path + "?dryRun=true", flights.riskNow()).expect(200);

    assertThat(preview.at("/effect").asString()).isEqualTo("create");
    assertThat(preview.at("/route").isMissingNode()).isTrue();
    assertThat(preview.at("/plan/features/1/type").asString()).isEqualTo("FLOAT64");
    assertThat(preview.at("/plan/inputs").size()).isEqualTo(3);
    client.get(path).expectProblem(404);
  }

  @Test
  void itIsRegisteredReadListedChangedAndDeletedLikeOthers() {
    registerViews();

    String etag = client.putYaml(path, flights.riskNow()).expect(201).header("ETag");
    assertThat(client.putYaml(path, flights.riskNow()).expect(200).at("/changed").asBoolean())
        .isFalse();
    assertThat(client.get(path).expect(200).header("ETag")).isEqualTo(etag);
    assertThat(client.get(flights.path("on-demand-views")).at("/items/0/name").asString())
        .isEqualTo("risk_now");
    String changed = flights.riskNow().replace("== 0", "<= 0");
    client.putYaml(path, changed, "If-Match", "\"other\"").expectProblem(412);
    client.putYaml(path, changed, "If-Match", etag).expect(200);
    client.delete(path).expect(204);
    client.get(path).expectProblem(404);
  }

  @Test
  void aViewThatItReadsIsNotDeleted() {
    registerViews();
    client.putYaml(path, flights.riskNow()).expect(201);

    Answer refused = client.delete(flights.path("views/delays")).expectProblem(409);

    assertThat(refused.violationPaths()).containsExactly("on-demand-views/risk_now");
    assertThat(refused.body()).contains("OnDemandFeatureView risk_now reads delays");
    client.delete(path).expect(204);
    client.delete(flights.path("views/delays")).expect(204);
  }

  @Test
  void aViewThatItReadsKeepsWhatItsExpressionsNeed() {
    registerViews();
    client.putYaml(path, flights.riskNow()).expect(201);
    String view = flights.path("views/delays");
    String renamed = flights.delays().replace("name: departures_1h", "name: departures");
    String retyped = flights.delays().replace("average, input: delay", "max, input: flight_number");

    Answer refused = client.putYaml(view, renamed).expectProblem(409);
    assertThat(refused.violationPaths()).containsExactly("on-demand-views/risk_now");
    assertThat(refused.body())
        .contains("feature view delays has no \\\"departures_1h\\\"")
        .contains("did you mean");
    assertThat(client.putYaml(view, retyped).expectProblem(409).body())
        .contains("OnDemandFeatureView risk_now would not fit")
        .contains("no matching overload");
    client.putYaml(view, flights.delays().replace("window: 3h", "window: 6h")).expect(200);
    client
        .send(
            "POST",
            "/api/v1/apply",
            YAML,
            renamed + "---\n" + flights.riskNow().replace(".departures_1h", ".departures"))
        .expect(200);
  }

  @Test
  void aServiceKeepsTheFeaturesThatItReads() {
    registerViews();
    client.putYaml(path, flights.riskNow()).expect(201);
    client
        .putYaml(flights.path("services/risk"), flights.service("[risk_now.is_idle]"))
        .expect(201);

    assertThat(
            client
                .putYaml(path, flights.riskNow().replace("name: is_idle", "name: idle"))
                .expectProblem(409)
                .body())
        .contains("FeatureService risk reads risk_now.is_idle");
    assertThat(client.delete(path).expectProblem(409).violationPaths())
        .containsExactly("services/risk");
  }

  @Test
  void bothKindsOfViewsShareTheirNames() {
    registerViews();
    client.putYaml(path, flights.riskNow()).expect(201);

    assertThat(
            client
                .putYaml(
                    flights.path("views/risk_now"),
                    flights.delays().replace("name: delays", "name: risk_now"))
                .expectProblem(422)
                .violationPaths())
        .containsExactly("metadata.name");
    assertThat(
            client
                .putYaml(
                    flights.path("on-demand-views/delays"),
                    flights.riskNow().replace("name: risk_now", "name: delays"))
                .expectProblem(422)
                .violationPaths())
        .containsExactly("metadata.name");
  }

  private void registerViews() {
    flights.registerBasics(client);
    client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    client.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);
  }
}
