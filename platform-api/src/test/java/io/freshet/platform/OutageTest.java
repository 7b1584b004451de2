package io.freshet.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final String LOOKUP =
      "{\"features\": [\"delays\"], \"entities\": [{\"origin\": \"ATL\"}]}";

  @Test
  void thePlatformStartsWithoutItsServersSaysSoAndRecovers() {
    try (RedisFixture redis = RedisFixture.start();
        KafkaFixture kafka = KafkaFixture.start()) {
      redis.kill();
      kafka.kill();
      try (Platform platform =
          Platform.start(
              "freshet.online-store.uri=" + redis.uri(),
              "freshet.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
              "freshet.kafka.timeout=2s")) {
        ApiClient client = platform.client();
        Flights flights = new Flights();
        flights.registerBasics(client);
        client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);

        refusesWhileDown(client, flights);
        redis.restart();
        kafka.restart();
        servesAgain(client, flights);
        redis.kill();
        kafka.kill();
        refusesWhileDown(client, flights);
        redis.restart();
        kafka.restart();
        servesAgain(client, flights);
      }
    }
  }

  private static void refusesWhileDown(ApiClient client, Flights flights) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get("/actuator/health/readiness").status() == 503);
    client.get("/actuator/health/liveness").expect(200);
    assertThat(client.get("/actuator/health/readiness").body())
        .contains("onlineStore")
        .contains("did not answer within");
    assertThat(client.postJson(flights.path("lookup"), LOOKUP).expectProblem(503).at("/type"))
        .hasToString("\"urn:freshet:problem:unavailable\"");
    client
        .postJson(flights.path("sources/departures/events"), "[{\"origin\": \"ATL\"}]")
        .expectProblem(503);
  }

  private static void servesAgain(ApiClient client, Flights flights) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.get("/actuator/health/readiness").status() == 200);
    client.postJson(flights.path("lookup"), LOOKUP).expect(200);
    client
        .postJson(flights.path("sources/departures/events"), "[{\"origin\": \"ATL\"}]")
        .expect(202);
  }
}
