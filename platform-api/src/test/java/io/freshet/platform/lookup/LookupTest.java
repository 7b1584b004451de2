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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LookupTest {
  private static OnlineStore store;

  private final Platform platform = Platform.shared().platform();
  private final ApiClient client = platform.client();
  private final Flights flights = new Flights();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

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
    client
        .putYaml(flights.path("services/risk"), flights.service("[delays, route_delays]"))
        .expect(201);
  }

  @Test
  void aServiceIsAnsweredWithValuesStatusesAndTimes() {
    Instant event = now.minusSeconds(20);
    Instant asOf = event.plusMillis(1);
    write("delays", new Object[] {"ATL"}, asOf, event, 41L, 12.5);
    write("delays", new Object[] {"BOS"}, asOf, event, 0L, null);
    write("route_delays", new Object[] {"ATL", 7L}, asOf, event, 93.0);

    Answer answer =
        lookUp(
            """
            {"service": "risk", "entities": [
              {"origin": "ATL", "flight_number": 7},
              {"origin": "BOS", "flight_number": 8, "passenger": "unused"}]}
            """);

    assertThat(texts(answer.at("/features")))
        .containsExactly(
            "delays.departures_1h", "delays.delay_average_3h", "route_delays.delay_max_7d");
    assertThat(texts(answer.at("/types"))).containsExactly("int64", "float64", "float64");
    assertThat(answer.at("/results/0/values").toString()).isEqualTo("[41,12.5,93.0]");
    assertThat(texts(answer.at("/results/0/statuses")))
        .containsExactly("PRESENT", "PRESENT", "PRESENT");
    assertThat(answer.at("/results/0/eventTimes/0").asString()).isEqualTo(event.toString());
    assertThat(answer.at("/results/0/asOf/2").asString()).isEqualTo(asOf.toString());
    assertThat(answer.at("/results/1/values").toString()).isEqualTo("[0,null,null]");
    assertThat(texts(answer.at("/results/1/statuses")))
        .containsExactly("PRESENT", "NULL_VALUE", "NOT_FOUND");
    assertThat(answer.at("/unknown").size()).isZero();
  }

  @Test
  void whatIsUnknownIsNotFoundAndNamed() {
    write("delays", new Object[] {"ATL"}, now, now, 41L, 12.5);

    Answer answer =
        lookUp(
            """
            {"features": ["nowhere", "delays.nothing", "delays.departures_1h"],
             "entities": [{"origin": "ATL"}, {"origin": "ZZZ"}]}
            """);

    assertThat(texts(answer.at("/results/0/statuses")))
        .containsExactly("NOT_FOUND", "NOT_FOUND", "PRESENT");
    assertThat(texts(answer.at("/results/1/statuses")))
        .containsExactly("NOT_FOUND", "NOT_FOUND", "NOT_FOUND");
    assertThat(answer.at("/unknown/0/name").asString()).isEqualTo("nowhere");
    assertThat(answer.at("/unknown/0/reason").asString()).isEqualTo("there is no view nowhere");
    assertThat(answer.at("/unknown/1/name").asString()).isEqualTo("delays.nothing");
    assertThat(answer.at("/unknown/1/reason").asString())
        .isEqualTo("view delays has no feature nothing");
  }

  @Test
  void onlyUnknownFeaturesNeedNoJoinKey() {
    Answer answer = lookUp("{\"features\": [\"nowhere\"], \"entities\": [{}, {}]}");

    assertThat(answer.at("/results").size()).isEqualTo(2);
    assertThat(texts(answer.at("/results/1/statuses"))).containsExactly("NOT_FOUND");
  }

  @Test
  void aRowWhoseNewestEventIsOlderThanTheTtlIsOutsideMaxAge() {
    Instant old = now.minus(Duration.ofDays(3));
    write("delays", new Object[] {"ATL"}, old, old, 0L, null);

    Answer answer = lookUp("{\"features\": [\"delays\"], \"entities\": [{\"origin\": \"ATL\"}]}");

    assertThat(texts(answer.at("/results/0/statuses")))
        .containsExactly("OUTSIDE_MAX_AGE", "OUTSIDE_MAX_AGE");
    assertThat(answer.at("/results/0/values/0").isNull()).isTrue();
    assertThat(answer.at("/results/0/eventTimes/0").asString()).isEqualTo(old.toString());
  }

  @Test
  void aViewIsFreshOrStaleAgainstItsPromiseAndUnknownBeforeAnEngineReported() {
    advance("delays", now.minusSeconds(5));
    advance("route_delays", now.minus(Duration.ofDays(2)));

    Answer answer =
        lookUp(
            "{\"service\": \"risk\", \"entities\": [{\"origin\": \"A\", \"flight_number\": 1}]}");

    JsonNode delays = answer.at("/views/0");
    assertThat(delays.path("view").asString()).isEqualTo("delays");
    assertThat(delays.path("tier").asString()).isEqualTo("streaming");
    assertThat(delays.path("engine").asString()).isEqualTo("streaming");
    assertThat(delays.path("freshness").asString()).isEqualTo("FRESH");
    assertThat(delays.path("completeThrough").asString()).isEqualTo(now.minusSeconds(5).toString());
    assertThat(delays.path("stalenessMillis").asLong()).isBetween(5000L, 60_000L);
    assertThat(delays.path("maxStalenessMillis").asLong()).isEqualTo(60_000);
    assertThat(delays.path("state").asString()).isEqualTo("LIVE");
    JsonNode routes = answer.at("/views/1");
    assertThat(routes.path("freshness").asString()).isEqualTo("STALE");
    assertThat(routes.path("maxStalenessMillis").asLong())
        .isEqualTo(Duration.ofHours(24).plusMinutes(15).toMillis());

    client.putYaml(flights.path("views/delays"), flights.delays("allowedLateness: 7m")).expect(200);
    JsonNode unknown = lookUp("{\"features\": [\"delays\"], \"entities\": []}").at("/views/0");
    assertThat(unknown.path("freshness").asString()).isEqualTo("UNKNOWN");
    assertThat(unknown.path("completeThrough").isNull()).isTrue();
  }

  @Test
  void aChangedViewIsReadAtOnce() {
    write("delays", new Object[] {"ATL"}, now, now, 41L, 12.5);
    String request = "{\"features\": [\"delays\"], \"entities\": [{\"origin\": \"ATL\"}]}";
    assertThat(texts(lookUp(request).at("/results/0/statuses"))).contains("PRESENT");

    client.putYaml(flights.path("views/delays"), flights.delays("allowedLateness: 7m")).expect(200);

    assertThat(texts(lookUp(request).at("/results/0/statuses"))).containsOnly("NOT_FOUND");
  }

  @Test
  void everyMissingOrMistypedJoinKeyIsNamed() {
    Answer refused =
        client
            .postJson(
                flights.path("lookup"),
                """
                {"service": "risk", "entities": [
                  {"origin": "ATL"},
                  {"origin": 7, "flight_number": "7"},
                  {"origin": "ATL", "flight_number": 7}]}
                """)
            .expectProblem(422);

    assertThat(refused.violationPaths())
        .containsExactlyInAnyOrder(
            "entities[0].flight_number",
            "entities[1].flight_number",
            "entities[1].origin",
            "entities[1].origin");
  }

  @Test
  void anUnknownServiceOrProjectIsAProblem() {
    assertThat(
            client
                .postJson(flights.path("lookup"), "{\"service\": \"nobody\", \"entities\": []}")
                .expectProblem(404)
                .body())
        .contains("it has [risk]");
    client
        .postJson("/api/v1/projects/nobody/lookup", "{\"service\": \"risk\", \"entities\": []}")
        .expectProblem(404);
  }

  @Test
  void requestsThatMakeNoSenseAreRefusedWithEveryFault() {
    assertThat(refuse("{}").violationPaths()).containsExactly("service", "entities");
    assertThat(
            refuse("{\"service\": \"risk\", \"features\": [], \"entities\": [null]}")
                .violationPaths())
        .containsExactly("service", "features", "entities[0]");
    String rows = "{\"origin\": \"ATL\"},".repeat(1000) + "{\"origin\": \"ATL\"}";
    assertThat(refuse("{\"features\": [\"delays\"], \"entities\": [" + rows + "]}").body())
        .contains("Cannot look up 1001 entities: at most 1000 a request");
  }

  @Test
  void lookupsAreCountedAndTimed() {
    write("delays", new Object[] {"ATL"}, now, now, 41L, 12.5);
    lookUp("{\"features\": [\"delays\"], \"entities\": [{\"origin\": \"ATL\"}]}");
    refuse("{}");

    String metrics = client.get("/actuator/prometheus").expect(200).body();

    assertThat(metrics)
        .containsPattern("freshet_lookup_seconds_count\\{outcome=\"ok\"\\} [1-9]")
        .containsPattern("freshet_lookup_seconds_count\\{outcome=\"user_error\"\\} [1-9]")
        .containsPattern("freshet_lookup_seconds_bucket\\{outcome=\"ok\",le=\"[0-9.]+\"\\} [0-9]")
        .containsPattern("freshet_lookup_features_total\\{status=\"PRESENT\"\\} [1-9]");
  }

  private OnlineRows rows() {
    return new OnlineRows(platform, store, flights.project());
  }

  private Answer lookUp(String request) {
    return client.postJson(flights.path("lookup"), request).expect(200);
  }

  private Answer refuse(String request) {
    return client.postJson(flights.path("lookup"), request).expectProblem(422);
  }

  private void write(String view, Object[] key, Instant asOf, @Nullable Object... row) {
    rows().write(view, key, asOf, row);
  }

  private void advance(String view, Instant completeThrough) {
    rows().advance(view, completeThrough);
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
