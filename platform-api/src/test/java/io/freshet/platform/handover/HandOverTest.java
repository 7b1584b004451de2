package io.freshet.platform.handover;

import static io.freshet.platform.handover.HandOverBench.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.plan.Delivery;
import io.freshet.plan.ViewPlan;
import io.freshet.plan.ViewPlan.Phase;
import io.freshet.platform.registry.Lanes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandOverTest {
  private static HandOverBench bench;

  @BeforeAll
  static void open(@TempDir Path folder) throws Exception {
    bench = new HandOverBench(folder);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @BeforeEach
  void beginProject() throws Exception {
    bench.beginProject();
  }

  @AfterEach
  void endProject() {
    bench.endProject();
  }

  @Test
  void aViewThatJoinsARunningJobIsLiveOnceTheStreamHasItsHistory() throws Exception {
    bench.seed();
    bench.put("more", bench.more("more"));
    int lane = bench.newestLane("more");

    assertThat(bench.awaitPublished(lane, Phase.BOOTSTRAPPING).epoch()).isEqualTo(1);
    assertThat(bench.lookedUp("more").path("state").asString()).isEqualTo("BOOTSTRAPPING");
    assertThat(bench.lookedUp("delays").path("state").asString()).isEqualTo("LIVE");
    bench.stream().cut(lane, 0, 5);
    eventually()
        .untilAsserted(
            () ->
                assertThat(bench.route("more").at("/handOver/waitingFor").asString())
                    .contains("partitions [1] of topic")
                    .contains("which it has not done since"));

    bench.stream().cut(lane, 1, 7);
    bench.awaitStep("more", "SETTLING");
    assertThat(bench.journal()).contains("end hand-over [more from {0=5, 1=7}]");
    assertThat(bench.route("more").at("/handOver/events").asLong()).isEqualTo(7);
    assertThat(bench.route("more").at("/handOver/keys").asLong()).isEqualTo(4);

    bench.stream().settled(lane, 0, 2);
    eventually()
        .untilAsserted(
            () ->
                assertThat(
                        bench
                            .platform()
                            .client()
                            .get(bench.flights().path("sources/departures/status"))
                            .at("/views/1/handOver/waitingFor")
                            .asString())
                    .contains("subtasks [1] of 2"));
    bench.stream().settled(lane, 1, 2);

    assertThat(bench.awaitPublished(lane, Phase.LIVE).number()).isEqualTo(lane);
    assertThat(bench.lookedUp("more").path("state").asString()).isEqualTo("LIVE");
    assertThat(bench.route("more").path("state").asString()).isEqualTo("LIVE");
    assertThat(bench.route("more").has("handOver")).isFalse();
    assertThat(bench.lane("more", 0).at("/cut/1").asLong()).isEqualTo(7);
  }

  @Test
  void goesOnWhereverTheControlPlaneStopped() throws Exception {
    bench.seed();
    bench.runs("hang");
    bench.put("one", bench.more("one"));
    bench.put("two", bench.more("two"));
    int one = bench.newestLane("one");
    int two = bench.newestLane("two");
    bench.awaitPublished(two, Phase.BOOTSTRAPPING);

    bench.stop();
    bench.stream().cutAt(one, 1, 2);
    bench.stream().cutAt(two, 3, 4);
    bench.start();
    eventually().until(() -> bench.journal().stream().anyMatch(line -> line.startsWith("begin")));

    bench.stop();
    bench.runs("fail");
    bench.start();
    eventually()
        .untilAsserted(
            () ->
                assertThat(bench.lane("two", 0).path("waitingFor").asString())
                    .contains("another batch run")
                    .contains("the scripted reason"));
    bench.runs("succeed");
    bench.awaitStep("one", "SETTLING");
    bench.awaitStep("two", "SETTLING");

    bench.stop();
    bench.stream().settled(one, 0, 1);
    bench.stream().settled(two, 0, 1);
    bench.start();
    bench.awaitPublished(one, Phase.LIVE);
    bench.awaitPublished(two, Phase.LIVE);
    String both = "hand-over [one from {0=1, 1=2}, two from {0=3, 1=4}]";
    assertThat(bench.journal())
        .startsWith("begin " + both)
        .endsWith("begin " + both, "end " + both);
  }

  @Test
  void anotherLaneBeginsWhenTheJobFallsBackBehindTheBeginning() {
    bench.seed();
    bench.put("more", bench.more("more"));
    int first = bench.newestLane("more");
    bench.handOver("more", 5, 7);

    bench.stream().cut(first, 1, 7);
    bench.stream().cut(first, 0, 6);
    bench.awaitEnded(first);
    int second = bench.newestLane("more");
    ViewPlan again = bench.awaitPublished(second, Phase.BOOTSTRAPPING);

    assertThat(again.number()).isEqualTo(first);
    assertThat(again.epoch()).isEqualTo(2);
    assertThat(bench.lookedUp("more").path("state").asString()).isEqualTo("BOOTSTRAPPING");
    assertThat(bench.lane("more", 0).path("reason").asString()).contains("fell back");
    bench.handOver("more", 8, 9);
    assertThat(bench.lookedUp("more").path("state").asString()).isEqualTo("LIVE");
    assertThat(bench.lane("more", 1).path("state").asString()).isEqualTo("ENDED");
  }

  @Test
  void aViewMovesToTheStreamAndBackUnderOneNumber() throws Exception {
    bench.put("route_delays", bench.flights().routeDelays());
    int number = bench.route("route_delays").path("number").asInt();
    eventually().until(() -> bench.journal().contains("end 1"));

    bench.put("route_delays", routeDelays("streaming"));
    assertThat(bench.route("route_delays").path("state").asString()).isEqualTo("BOOTSTRAPPING");
    assertThat(bench.route("route_delays").path("servedTier").asString()).isEqualTo("daily");
    assertThat(bench.awaitPublished(number, Phase.BOOTSTRAPPING).epoch()).isEqualTo(2);
    assertThat(bench.lookedUp("route_delays").path("tier").asString()).isEqualTo("daily");
    assertThat(bench.lookedUp("route_delays").path("state").asString()).isEqualTo("LIVE");
    bench.handOver("route_delays", 1, 1);
    assertThat(bench.lookedUp("route_delays").path("tier").asString()).isEqualTo("streaming");
    assertThat(bench.lookedUp("route_delays").path("state").asString()).isEqualTo("LIVE");

    bench.runs("hang");
    bench.put("route_delays", routeDelays("hourly"));
    eventually().until(() -> bench.journal().size() == 5);
    assertThat(bench.lookedUp("route_delays").path("tier").asString()).isEqualTo("streaming");
    assertThat(bench.route("route_delays").at("/handOver/step").asString())
        .isEqualTo("MATERIALIZING");
    bench.stop();
    bench.runs("succeed");
    bench.start();

    bench.awaitEnded(number);
    assertThat(bench.lookedUp("route_delays").path("tier").asString()).isEqualTo("hourly");
    assertThat(bench.route("route_delays").path("number").asInt()).isEqualTo(number);
    assertThat(bench.route("route_delays").path("state").asString()).isEqualTo("LIVE");
  }

  @Test
  void aViewThatIsRecalledFromTheStreamGetsAnEpochAboveItsLane() throws Exception {
    bench.put("route_delays", bench.flights().routeDelays());
    int number = bench.route("route_delays").path("number").asInt();
    eventually().until(() -> bench.journal().contains("end 1"));
    bench.put("route_delays", routeDelays("streaming"));
    bench.awaitPublished(number, Phase.BOOTSTRAPPING);

    bench.put("route_delays", routeDelays("daily"));

    bench.awaitEnded(number);
    eventually().until(() -> bench.journal().size() == 4);
    bench.put("route_delays", routeDelays("streaming"));
    int second = bench.newestLane("route_delays");
    assertThat(second).isNotEqualTo(number);
    assertThat(bench.awaitPublished(second, Phase.BOOTSTRAPPING).epoch()).isEqualTo(4);
  }

  @Test
  void aViewThatReturnsBeforeTheBatchEngineHasItGetsAnotherLane() throws Exception {
    bench.seed();
    int number = bench.newestLane("delays");
    bench.runs("fail");
    bench.put("delays", bench.flights().delays("freshness: {tier: hourly}"));
    eventually().until(() -> bench.journal().contains("begin 1"));
    bench.runs("succeed");

    bench.put("delays", bench.flights().delays());

    int second = bench.newestLane("delays");
    assertThat(bench.awaitPublished(second, Phase.BOOTSTRAPPING).epoch()).isEqualTo(3);
    assertThat(bench.awaitPublished(number, Phase.LIVE).epoch()).isEqualTo(1);
    assertThat(bench.lookedUp("delays").path("tier").asString()).isEqualTo("streaming");
    assertThat(bench.lookedUp("delays").path("state").asString()).isEqualTo("LIVE");
    bench.handOver("delays", 1, 2);
    bench.awaitEnded(number);
  }

  @Test
  void aViewMovesToTheJobOfItsNewDeliveryWhileTheOldOneServes() {
    bench.put("delays", bench.flights().delays());
    int number = bench.newestLane("delays");
    bench.awaitPublished(number, Phase.LIVE);

    bench.put("delays", bench.flights().delays("ttl: 9d\ndelivery: at_least_once"));
    int second = bench.newestLane("delays");
    ViewPlan moving = bench.awaitPublished(second, Phase.BOOTSTRAPPING);
    assertThat(moving.view().delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThat(bench.awaitPublished(number, Phase.LIVE).view().delivery())
        .isEqualTo(Delivery.EXACTLY_ONCE);
    assertThat(bench.lookedUp("delays").path("state").asString()).isEqualTo("LIVE");

    bench.handOver("delays", 3, 3);
    bench.awaitEnded(number);
    assertThat(bench.route("delays").path("number").asInt()).isEqualTo(number);
  }

  @Test
  void aShedViewIsRecoveredByALaneThatGetsWhatWasDropped() {
    bench.seed();
    Lanes lanes = bench.platform().bean(Lanes.class);
    int number = bench.newestLane("delays");

    lanes.shed(number);
    lanes.shed(number);
    eventually().until(() -> bench.awaitPublished(number, Phase.LIVE).shedding());
    assertThat(lanes.sheddingViews()).contains(number);
    assertThat(bench.lookedUp("delays").path("state").asString()).isEqualTo("SHEDDING");

    lanes.recover(number);
    lanes.recover(number);
    bench.awaitEnded(number);
    assertThat(lanes.sheddingViews()).doesNotContain(number);
    assertThat(lanes.of(bench.flights().project(), "departures"))
        .extracting(ViewPlan::number, ViewPlan::epoch, ViewPlan::shedding)
        .containsExactly(tuple(number, 2, false));
    assertThat(bench.lookedUp("delays").path("state").asString()).isEqualTo("BOOTSTRAPPING");
    bench.handOver("delays", 11, 12);
    assertThat(bench.lookedUp("delays").path("state").asString()).isEqualTo("LIVE");
  }

  @Test
  void lanesEndWithTheirViewAndWithAVersionOfOtherValues() {
    bench.seed();
    int first = bench.newestLane("delays");
    bench.put("delays", bench.flights().delays("allowedLateness: 7m"));
    bench.awaitEnded(first);
    int second = bench.newestLane("delays");
    assertThat(second).isNotEqualTo(first);

    bench.platform().client().delete(bench.flights().path("views/delays")).expect(204);

    bench.awaitEnded(second);
    assertThat(bench.platform().bean(Lanes.class).of(bench.flights().project(), "departures"))
        .isEqualTo(List.of());
  }

  @Test
  void beginningAgainWaitsForALaneThatHasNotBegun() {
    bench.seed();
    Lanes lanes = bench.platform().bean(Lanes.class);
    int number = bench.newestLane("delays");

    lanes.beginAgain(number, "Its checkpoints are lost");
    int second = bench.newestLane("delays");
    lanes.beginAgain(number, "Its checkpoints are lost");

    assertThat(second).isNotEqualTo(number);
    assertThat(bench.newestLane("delays")).isEqualTo(second);
    assertThat(bench.lane("delays", 0).path("reason").asString())
        .isEqualTo("Its checkpoints are lost");
    bench.awaitEnded(number);
  }

  private String routeDelays(String tier) {
    return bench.flights().routeDelays().replace("tier: daily", "tier: " + tier);
  }
}
