package io.freshet.platform.handover;

import static io.freshet.platform.handover.HandOverBench.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.registry.Lanes;
import io.freshet.platform.testing.Answer;
import io.freshet.servers.testing.RedisFixture;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of views whose rows are lost, or are to be computed again. */
class StoreLossTest {
  private static RedisFixture redis;
  private static HandOverBench bench;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    redis = RedisFixture.start();
    bench = new HandOverBench(folder, redis);
    eventually().until(StoreLossTest::isMarked);
  }

  @AfterAll
  static void close() {
    bench.close();
    redis.close();
  }

  @BeforeEach
  void beginProject() throws Exception {
    bench.beginProject();
    bench.seed();
    bench.put("route_delays", bench.flights().routeDelays());
    eventually().until(() -> bench.journal().size() == 2);
  }

  /** Without its views, which losses that are seen later would have rebuilt too. */
  @AfterEach
  void endProject() {
    delete("delays");
    delete("route_delays");
    bench.endProject();
  }

  @Test
  void allViewsBeginAgainByThemselvesWhereTheStoreHasLostItsData() throws Exception {
    int first = bench.newestLane("delays");
    int losses = losses();

    loseData();

    bench.awaitEnded(first);
    assertThat(bench.lane("delays", 0).path("reason").asString())
        .isEqualTo("The online store has lost its data");
    assertThat(bench.lookedUp("delays").path("state").asString()).isEqualTo("BOOTSTRAPPING");
    eventually().until(() -> bench.journal().size() == 4);
    assertThat(bench.journal()).startsWith("begin 1", "end 1", "begin 1", "end 1");
    eventually().until(StoreLossTest::isMarked);

    bench.handOver("delays", 5, 7);

    assertThat(bench.lookedUp("delays").path("state").asString()).isEqualTo("LIVE");
    assertThat(bench.lane("delays", 0).path("epoch").asInt()).isEqualTo(2);
    assertThat(bench.journal()).hasSize(6);
    assertThat(losses()).isEqualTo(losses + 1);
    assertThat(status().at("/lostAt").asString()).isNotEmpty();
    assertThat(bench.platform().client().get("/actuator/prometheus").body())
        .containsPattern("freshet_online_store_losses_total [1-9]");
  }

  @Test
  void aStoreThatIsLostAgainWhileItIsFilledIsFilledAgain() {
    int first = bench.newestLane("delays");
    int losses = losses();
    loseData();
    bench.awaitEnded(first);
    int second = bench.newestLane("delays");
    bench.stream().cutAt(second, 5, 7);
    bench.awaitStep("delays", "SETTLING");

    loseData();

    bench.awaitEnded(second);
    assertThat(losses()).isEqualTo(losses + 2);
    bench.handOver("delays", 9, 9);
    assertThat(bench.lookedUp("delays").path("state").asString()).isEqualTo("LIVE");
    assertThat(bench.lane("delays", 0).path("epoch").asInt()).isEqualTo(3);
  }

  @Test
  void aStoreThatIsOutOfReachIsNotLost() throws Exception {
    int first = bench.newestLane("delays");
    int losses = losses();

    redis.kill();
    eventually().until(() -> !status().at("/reached").asBoolean());
    assertThat(status().at("/problem").asString()).startsWith("Cannot look for a mark");
    redis.restart();
    eventually().until(() -> status().at("/reached").asBoolean());

    assertThat(losses()).isEqualTo(losses);
    assertThat(bench.newestLane("delays")).isEqualTo(first);
    assertThat(bench.journal()).hasSize(2);
  }

  @Test
  void aProjectIsRebuiltOnCommand() throws Exception {
    int first = bench.newestLane("delays");

    Answer answer = post("online-store/rebuild").expect(202);

    int second = bench.newestLane("delays");
    assertThat(second).isNotEqualTo(first);
    assertThat(answer.at("/views").size()).isEqualTo(2);
    assertThat(answer.at("/views/0/view").asString()).isEqualTo("delays");
    assertThat(answer.at("/views/0/engine").asString()).isEqualTo("STREAMING");
    assertThat(answer.at("/views/0/lane").asInt()).isEqualTo(second);
    assertThat(answer.at("/views/1/view").asString()).isEqualTo("route_delays");
    assertThat(answer.at("/views/1/engine").asString()).isEqualTo("BATCH");
    awaitRebuilt(answer.at("/views/1/operation").asString(), "all");
    bench.awaitEnded(first);
  }

  @Test
  void aViewIsRebuiltOnCommand() throws Exception {
    int first = bench.newestLane("delays");

    Answer stream = post("views/delays/rebuild").expect(202);
    Answer again = post("views/delays/rebuild").expect(202);
    Answer batch = post("views/route_delays/rebuild").expect(202);

    int second = bench.newestLane("delays");
    assertThat(second).isNotEqualTo(first);
    assertThat(stream.at("/views").size()).isEqualTo(1);
    assertThat(stream.at("/views/0/lane").asInt()).isEqualTo(second);
    assertThat(again.at("/views/0/lane").asInt()).isEqualTo(second);
    assertThat(batch.at("/views").size()).isEqualTo(1);
    awaitRebuilt(batch.at("/views/0/operation").asString(), "daily");
    post("views/none/rebuild").expectProblem(404);
    bench
        .platform()
        .client()
        .postJson("/api/v1/projects/none/online-store/rebuild", "")
        .expectProblem(404);
  }

  @Test
  void aViewThatIsShedBeginsAgainWhenItIsRecovered() {
    int number = bench.newestLane("delays");
    Lanes lanes = bench.platform().bean(Lanes.class);
    lanes.shed(number);

    Answer answer = post("views/delays/rebuild").expect(202);

    assertThat(answer.at("/views/0/lane").isMissingNode()).isTrue();
    assertThat(answer.at("/views/0/waitsFor").asString()).contains("shed");
    assertThat(bench.newestLane("delays")).isEqualTo(number);
    lanes.recover(number);
    assertThat(bench.newestLane("delays")).isNotEqualTo(number);
  }

  private static void awaitRebuilt(String operation, String tier) {
    eventually()
        .untilAsserted(
            () -> {
              Answer run = bench.platform().client().get("/api/v1/operations/" + operation);
              assertThat(run.at("/state").asString()).isEqualTo("SUCCEEDED");
              assertThat(run.at("/cause").asString()).isEqualTo("REBUILD");
              assertThat(run.at("/tier").asString()).isEqualTo(tier);
            });
  }

  private static Answer post(String path) {
    return bench.platform().client().postJson(bench.flights().path(path), "");
  }

  private static Answer status() {
    return bench.platform().client().get("/api/v1/online-store").expect(200);
  }

  private static int losses() {
    return status().at("/losses").asInt();
  }

  private static void loseData() {
    redis.kill();
    redis.restartEmpty();
  }

  private static void delete(String view) {
    bench.platform().client().delete(bench.flights().path("views/" + view)).expect(204);
  }

  private static boolean isMarked() {
    RedisClient client = RedisClient.create(redis.uri());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return !connection.sync().keys("p:!*").isEmpty();
    } finally {
      client.shutdown();
    }
  }
}
