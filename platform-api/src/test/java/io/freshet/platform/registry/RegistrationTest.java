package io.freshet.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private final Platform platform = Platform.shared().platform();
  private final ApiClient client = platform.client();
  private final Flights flights = new Flights();

  @Test
  void registeringTheSameViewTwiceChangesNothing() {
    flights.registerBasics(client);

    Answer first = client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    long revision = platform.bean(Revision.class).current();
    Answer second = client.putYaml(flights.path("views/delays"), flights.delays()).expect(200);

    assertThat(first.at("/changed").asBoolean()).isTrue();
    assertThat(second.at("/changed").asBoolean()).isFalse();
    assertThat(second.at("/route/number")).isEqualTo(first.at("/route/number"));
    assertThat(second.header("ETag")).isEqualTo(first.header("ETag")).startsWith("\"");
    assertThat(platform.bean(Revision.class).current()).isEqualTo(revision);
  }

  @Test
  void theSameContentInAnotherFormChangesNothing() {
    flights.registerBasics(client);
    client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    String canonical = client.get(flights.path("views/delays")).expect(200).body();

    Answer again =
        client.send("PUT", flights.path("views/delays"), "application/json", canonical).expect(200);

    assertThat(again.at("/changed").asBoolean()).isFalse();
  }

  @Test
  void aChangedViewIsANewVersionAndRetiresTheOldOne() {
    flights.registerBasics(client);
    int first = number(client.putYaml(flights.path("views/delays"), flights.delays()));

    Answer changed =
        client
            .putYaml(
                flights.path("views/delays"),
                flights.delays("freshness: {tier: hourly}\nallowedLateness: 7m"))
            .expect(200);

    assertThat(number(changed)).isGreaterThan(first);
    assertThat(changed.at("/effect").asString()).isEqualTo("update");
    Answer routes = client.get(flights.path("routes")).expect(200);
    assertThat(routes.at("/routes").size()).isEqualTo(1);
    assertThat(routes.at("/routes/0/number").asInt()).isEqualTo(number(changed));
    assertThat(routes.at("/routes/0/tier").asString()).isEqualTo("hourly");
    assertThat(routes.at("/routes/0/engine").asString()).isEqualTo("batch");
    assertThat(routes.at("/routes/0/reasons/0").asString()).isEqualTo("Tier hourly is declared.");
  }

  @Test
  void aNewOwnerOfAViewKeepsItsVersion() {
    flights.registerBasics(client);
    int first = number(client.putYaml(flights.path("views/delays"), flights.delays()));
    String owned = flights.delays().replace("{name: delays,", "{name: delays, owner: me,");

    Answer changed = client.putYaml(flights.path("views/delays"), owned).expect(200);

    assertThat(changed.at("/changed").asBoolean()).isTrue();
    assertThat(number(changed)).isEqualTo(first);
  }

  @Test
  void aViewThatIsOnlyMaterializedOtherwiseKeepsItsNumber() {
    flights.registerBasics(client);
    String path = flights.path("views/route_delays");
    int first = number(client.putYaml(path, flights.routeDelays()).expect(201));
    String hourly = flights.routeDelays().replace("daily", "hourly") + "  ttl: 30d\n";

    Answer preview = client.putYaml(path + "?dryRun=true", hourly).expect(200);
    Answer changed = client.putYaml(path, hourly).expect(200);

    assertThat(number(preview)).isEqualTo(first);
    assertThat(preview.at("/route/servedTier").asString()).isEqualTo("daily");
    assertThat(number(changed)).isEqualTo(first);
    assertThat(changed.at("/route/servedTier").asString()).isEqualTo("hourly");
    assertThat(changed.at("/route/state").asString()).isEqualTo("LIVE");
  }

  @Test
  void anEntitySaysHowManyKeysToExpect() {
    flights.registerBasics(client);
    String airport =
        flights.document(
            "Entity", "airport", "joinKeys: [{name: origin, type: string}]\nexpectedKeys: 50000");

    client.putYaml(flights.path("entities/airport"), airport).expect(200);

    String stored = client.get(flights.path("entities/airport")).expect(200).body();
    assertThat(stored).contains("\"expectedKeys\":50000");
    Answer again = client.send("PUT", flights.path("entities/airport"), "application/json", stored);
    assertThat(again.expect(200).at("/changed").asBoolean()).isFalse();
  }

  @Test
  void aNumberIsNeverUsedAgain() {
    flights.registerBasics(client);
    int first = number(client.putYaml(flights.path("views/delays"), flights.delays()));
    client.delete(flights.path("views/delays")).expect(204);

    int second = number(client.putYaml(flights.path("views/delays"), flights.delays()).expect(201));

    assertThat(second).isGreaterThan(first);
  }

  @Test
  void aDefinitionWithFourFaultsAnswersWithFour() {
    flights.registerBasics(client);
    String faulty =
        flights.document(
            "FeatureView",
            "faulty",
            """
            entity: airfield
            source: departures
            filter: "delay +"
            features:
              - {name: a, aggregation: median, input: delay, window: 1h}
              - {name: b, aggregation: sum, input: delay, window: 10}
            """);

    Answer refused = client.putYaml(flights.path("views/faulty"), faulty).expectProblem(422);

    assertThat(refused.violationPaths())
        .containsExactlyInAnyOrder(
            "spec.entity",
            "spec.filter",
            "spec.features[0].aggregation",
            "spec.features[1].window");
    client.get(flights.path("views/faulty")).expectProblem(404);
  }

  @Test
  void aDocumentAtAnotherAddressIsRefused() {
    flights.registerBasics(client);

    Answer refused =
        client.putYaml(flights.path("views/other"), flights.airport()).expectProblem(422);

    assertThat(refused.violationPaths()).containsExactly("kind", "metadata.name");
  }

  @Test
  void aDryRunAnswersWithPlanAndRouteAndChangesNothing() {
    flights.registerBasics(client);
    long revision = platform.bean(Revision.class).current();

    Answer preview =
        client.putYaml(flights.path("views/delays?dryRun=true"), flights.delays()).expect(200);

    assertThat(preview.at("/effect").asString()).isEqualTo("create");
    assertThat(preview.at("/route/tier").asString()).isEqualTo("streaming");
    assertThat(preview.at("/route/state").asString()).isEqualTo("PLANNED");
    assertThat(preview.at("/plan/features/1/name").asString()).isEqualTo("delay_average_3h");
    assertThat(platform.bean(Revision.class).current()).isEqualTo(revision);
    client.get(flights.path("views/delays")).expectProblem(404);
  }

  @Test
  void aStaleEntityTagIsRefused() {
    flights.registerBasics(client);
    String path = flights.path("views/delays");
    String first = client.putYaml(path, flights.delays()).header("ETag");
    String second =
        client.putYaml(path, flights.delays("ttl: 3d"), "If-Match", first).header("ETag");

    client.putYaml(path, flights.delays("ttl: 4d"), "If-Match", first).expectProblem(412);
    client.delete(path, "If-Match", first).expectProblem(412);

    assertThat(client.get(path).expect(200).header("ETag")).isEqualTo(second);
    client.delete(path, "If-Match", second).expect(204);
    client.putYaml(path, flights.delays(), "If-Match", "*").expectProblem(412);
  }

  @Test
  void definitionsAreListedByName() {
    flights.registerBasics(client);

    Answer entities = client.get(flights.path("entities")).expect(200);

    assertThat(entities.at("/items/0/name").asString()).isEqualTo("airport");
    assertThat(entities.at("/items/1/name").asString()).isEqualTo("route");
    assertThat(entities.at("/items/0/definition/spec/joinKeys/0/name").asString())
        .isEqualTo("origin");
    assertThat(client.get("/api/v1/projects").expect(200).body()).contains(flights.project());
    client.get("/api/v1/projects/nobody/views").expectProblem(404);
  }

  private static int number(Answer answer) {
    return answer.at("/route/number").asInt();
  }
}
