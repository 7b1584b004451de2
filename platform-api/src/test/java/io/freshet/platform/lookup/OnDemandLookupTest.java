package io.freshet.platform.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import io.freshet.store.OnlineStore;
import io.freshet.store.redis.RedisOnlineStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OnDemandLookupTest {
  private static OnlineStore store;

  private final Platform platform = Platform.shared().platform();
  private final ApiClient client = platform.client();
  private final Flights flights = new Flights();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final String later = now.plus(Duration.ofMinutes(90)).toString();

  @BeforeAll
  static void connect() {
    store = RedisOnlineStore.open(Platform.shared().redis().uri());
  }

  @AfterAll
  static void disconnect() {
    store.close();
  }

  @BeforeEach
  void register() {
    flights.registerBasics(client);
    client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    client.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);
    client.putYaml(flights.path("on-demand-views/risk_now"), flights.riskNow()).expect(201);
  }

  @Test
  void aServiceIsAnsweredWithStoredAndComputedFeatures() {
    client
        .putYaml(
            flights.path("services/risk"),
            flights.service("[risk_now.delay_ratio, delays.departures_1h, risk_now.minutes_left]"))
        .expect(201);
    rows().write("delays", new Object[] {"ATL"}, now, now, 41L, 12.5);
    rows().write("route_delays", new Object[] {"ATL", 7L}, now, now, 50.0);
    rows().advance("delays", now);

    Answer answer =
        lookUp(
            "{\"service\": \"risk\", \"entities\": ["
                + row("ATL", "")
                + ","
                + row("BOS", "")
                + "]}");

    assertThat(texts(answer.at("/features")))
        .containsExactly("risk_now.delay_ratio", "delays.departures_1h", "risk_now.minutes_left");
    assertThat(texts(answer.at("/types"))).containsExactly("float64", "int64", "int64");
    assertThat(answer.at("/results/0/values/0").asDouble()).isEqualTo(4.0);
    assertThat(answer.at("/results/0/values/1").asLong()).isEqualTo(41);
    assertThat(answer.at("/results/0/values/2").asLong()).isBetween(80L, 89L);
    assertThat(texts(answer.at("/results/0/statuses"))).containsOnly("PRESENT");
    assertThat(answer.at("/results/0/eventTimes/0").isNull()).isTrue();
    assertThat(Instant.parse(answer.at("/results/0/asOf/0").asString()))
        .isBetween(now, now.plusSeconds(60));
    assertThat(texts(answer.at("/results/1/statuses")))
        .containsExactly("NULL_VALUE", "NOT_FOUND", "PRESENT");
    assertThat(texts(answer.at("/views"), "view")).containsExactly("delays", "route_delays");
    assertThat(answer.at("/views/0/freshness").asString()).isEqualTo("FRESH");
    assertThat(answer.at("/failed").size()).isZero();
  }

  @Test
  void anEntityWithoutARowOrWithOneThatIsTooOldHasNoEvents() {
    Instant old = now.minus(Duration.ofDays(3));
    rows().write("delays", new Object[] {"ATL"}, old, old, 3L, 1.0);

    Answer answer =
        lookUp(
            "{\"features\": [\"risk_now.is_idle\"], \"entities\": ["
                + row("ATL", "")
                + ","
                + row("BOS", "")
                + "]}");

    assertThat(answer.at("/results/0/values").toString()).isEqualTo("[true]");
    assertThat(answer.at("/results/1/values").toString()).isEqualTo("[true]");
  }

  @Test
  void aFeatureThatFailsIsNullNamedAndCounted() {
    Answer answer =
        lookUp(
            "{\"features\": [\"risk_now\"], \"entities\": ["
                + row("ATL", "")
                + ","
                + row("BOS", ", \"seats\": 180")
                + "]}");

    assertThat(texts(answer.at("/features")))
        .containsExactly(
            "risk_now.minutes_left",
            "risk_now.delay_ratio",
            "risk_now.seats_a_departure",
            "risk_now.is_idle");
    assertThat(texts(answer.at("/results/0/statuses")))
        .containsExactly("PRESENT", "NULL_VALUE", "NULL_VALUE", "PRESENT");
    assertThat(answer.at("/failed").size()).isEqualTo(1);
    assertThat(answer.at("/failed/0/name").asString()).isEqualTo("risk_now.seats_a_departure");
    assertThat(answer.at("/failed/0/row").asInt()).isEqualTo(1);
    assertThat(answer.at("/failed/0/reason").asString()).contains("by zero");
    assertThat(client.get("/actuator/prometheus").expect(200).body())
        .contains(
            "freshet_on_demand_failures_total{project=\""
                + flights.project()
                + "\",view=\"risk_now\"} 1.0");
  }

  @Test
  void manyFailuresAreCountedButNotAllNamed() {
    String row = row("ATL", ", \"seats\": 180");
    Answer answer =
        lookUp(
            "{\"features\": [\"risk_now.seats_a_departure\"], \"entities\": ["
                + (row + ",").repeat(149)
                + row
                + "]}");

    assertThat(answer.at("/failed").size()).isEqualTo(100);
    assertThat(client.get("/actuator/prometheus").expect(200).body())
        .contains(flights.project() + "\",view=\"risk_now\"} 150.0");
  }

  @Test
  void everyMissingOrMistypedMemberOfARowIsNamed() {
    Answer refused =
        client
            .postJson(
                flights.path("lookup"),
                """
                {"features": ["risk_now"], "entities": [
                  {"origin": "ATL", "flight_number": 7},
                  {"origin": "ATL", "flight_number": "7", "scheduled_at": "soon", "seats": "many"},
                  {"origin": "ATL", "flight_number": 7, "scheduled_at": 0, "seats": null}]}
                """)
            .expectProblem(422);

    assertThat(refused.violationPaths())
        .containsExactlyInAnyOrder(
            "entities[0].scheduled_at",
            "entities[1].flight_number",
            "entities[1].scheduled_at",
            "entities[1].seats");
    assertThat(refused.body())
        .contains("on-demand view risk_now takes seats of type float64, but the row has many");
  }

  @Test
  void whatIsUnknownInAnOnDemandViewIsNamed() {
    Answer answer =
        lookUp(
            "{\"features\": [\"risk_now.nothing\", \"risk_now.is_idle\"], \"entities\": ["
                + row("ATL", "")
                + "]}");

    assertThat(texts(answer.at("/results/0/statuses"))).containsExactly("NOT_FOUND", "PRESENT");
    assertThat(answer.at("/unknown/0/reason").asString())
        .isEqualTo("view risk_now has no feature nothing");
  }

  @Test
  void aChangedViewIsComputedFromAtOnce() {
    String request =
        "{\"features\": [\"risk_now.is_idle\"], \"entities\": [" + row("ATL", "") + "]}";
    assertThat(lookUp(request).at("/results/0/values").toString()).isEqualTo("[true]");
    String features = "features:\n";
    String added = "    - {name: departures_2h, aggregation: count, window: 2h}\n";

    client
        .putYaml(flights.path("views/delays"), flights.delays().replace(features, features + added))
        .expect(200);
    rows().write("delays", new Object[] {"ATL"}, now, now, 0L, 41L, 12.5);

    assertThat(lookUp(request).at("/results/0/values").toString()).isEqualTo("[false]");
  }

  @Test
  void listsAndCountsAreArraysAndObjects() {
    String view =
        flights.document(
            "FeatureView",
            "shapes",
            """
            entity: airport
            source: departures
            features:
              - {name: last_delays, aggregation: last_k, k: 2, input: delay, window: 1h}
              - {name: last_times, aggregation: last_k, k: 2, input: departed_at, window: 1h}
              - {name: flights, aggregation: histogram, input: flight_number, window: 1h}
            """);
    String computed =
        flights.document(
            "OnDemandFeatureView",
            "shape_facts",
            """
            views: [shapes]
            features:
              - {name: fell, expression: "shapes.last_delays[0] < shapes.last_delays[1]"}
              - {name: seventh, expression: "shapes.flights['7']"}
              - {name: eighth, expression: "'8' in shapes.flights ? shapes.flights['8'] : 0"}
            """);
    client.putYaml(flights.path("views/shapes"), view).expect(201);
    client.putYaml(flights.path("on-demand-views/shape_facts"), computed).expect(201);
    Instant first = Instant.parse("2026-01-01T00:00:00Z");
    rows()
        .write(
            "shapes",
            new Object[] {"ATL"},
            now,
            now,
            List.of(1.5, 2.0),
            List.of(first.plusMillis(5), first),
            new TreeMap<>(Map.of("7", 2L, "10", 1L)));

    Answer answer =
        lookUp(
            "{\"features\": [\"shapes\", \"shape_facts\"], \"entities\": [{\"origin\": \"ATL\"}]}");

    assertThat(texts(answer.at("/types")))
        .containsExactly(
            "list<float64>", "list<timestamp>", "map<string,int64>", "boolean", "int64", "int64");
    assertThat(answer.at("/results/0/values").toString())
        .isEqualTo(
            "[[1.5,2.0],[\"2026-01-01T00:00:00.005Z\",\"2026-01-01T00:00:00Z\"],"
                + "{\"10\":1,\"7\":2},true,2,0]");
  }

  private String row(String origin, String more) {
    return "{\"origin\": \"%s\", \"flight_number\": 7, \"scheduled_at\": \"%s\"%s}"
        .formatted(origin, later, more);
  }

  private OnlineRows rows() {
    return new OnlineRows(platform, store, flights.project());
  }

  private Answer lookUp(String request) {
    return client.postJson(flights.path("lookup"), request).expect(200);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  private static List<String> texts(JsonNode list, String member) {
    return list.valueStream().map(item -> item.path(member).asString()).toList();
  }
}
