package io.freshet.platform.overload;

import static io.freshet.platform.reconcile.StreamFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.StreamFixture;
import io.freshet.platform.reconcile.StreamingJobs;
import io.freshet.platform.reconcile.flink.TickingJob;
import io.freshet.platform.registry.Lanes;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.testing.Platform;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real job, which says that as much is pending as the test tells it. */
class OverloadWatchTest {
  private static final String PROMISE = "freshness: {maxStaleness: 1m}";

  @Test
  void shedsOneViewAfterTheOtherAndRecoversThemInReverse(@TempDir Path folder) throws Exception {
    try (StreamFixture streams = new StreamFixture(folder);
        StreamFixture.Scene scene = streams.scene()) {
      Platform platform =
          scene.start(
              "freshet.overload.interval=200ms",
              "freshet.overload.warm-up=0s",
              "freshet.overload.confirmation=0s",
              "freshet.overload.cool-down=1s",
              "freshet.overload.settle-time=500ms");
      String low = scene.flights().delays("sheddable: true\npriority: 10\n" + PROMISE);
      String high =
          scene
              .flights()
              .delays("sheddable: true\npriority: 90\n" + PROMISE)
              .replace("delays", "more_delays");
      scene.runDelays(platform, low);
      platform.client().putYaml(scene.flights().path("views/more_delays"), high).expect(201);
      platform.bean(OverloadWatch.class).stop();
      RecordingLanes lanes = new RecordingLanes();
      OverloadWatch watch = watch(platform, lanes);
      watch.start();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(scene.status(platform)).contains("\"state\":\"HEALTHY\""));
      assertThat(lanes.actions).isEmpty();

      System.setProperty(TickingJob.PENDING, "1000");
      System.setProperty(TickingJob.SHED, "7");
      await().atMost(PATIENCE).until(() -> lanes.actions.size() == 2);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(scene.status(platform))
                    .contains("\"state\":\"OVERLOADED\"")
                    .contains("events wait")
                    .contains("\"shedViews\":[\"delays\",\"more_delays\"]");
                assertThat(scene.metrics(platform))
                    .containsPattern("freshet_stream_overload_state\\{.*} 2")
                    .containsPattern("freshet_view_shedding\\{.*view=\"delays\".*} 1")
                    .containsPattern("freshet_view_shed_events_total\\{.*view=\"delays\".*} 7")
                    .contains("freshet_stream_predicted_staleness_seconds{")
                    .contains("freshet_stream_busy_ratio{")
                    .contains("freshet_stream_back_pressure_ratio{");
              });

      System.setProperty(TickingJob.PENDING, "0");
      await().atMost(PATIENCE).until(() -> lanes.actions.size() == 4);
      watch.stop();

      assertThat(lanes.actions).containsExactly("shed 1", "shed 2", "recover 2", "recover 1");
    }
  }

  private static OverloadWatch watch(Platform platform, Lanes lanes) {
    return new OverloadWatch(
        platform.bean(StreamingJobs.class),
        platform.bean(LiveViews.class),
        platform.bean(JobLooks.class),
        new LoadShedding(
            lanes,
            platform.bean(SheddingTable.class),
            platform.bean(OverloadSettings.class),
            Clock.systemUTC()),
        platform.bean(OverloadReports.class),
        platform.bean(OverloadMetrics.class),
        platform.bean(OverloadSettings.class),
        Clock.systemUTC());
  }

  private static final class RecordingLanes implements Lanes {
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private final Set<Integer> shed = new ConcurrentSkipListSet<>();

    @Override
    public void shed(int viewNumber) {
      actions.add("shed " + viewNumber);
      shed.add(viewNumber);
    }

    @Override
    public void recover(int viewNumber) {
      actions.add("recover " + viewNumber);
      shed.remove(viewNumber);
    }

    @Override
    public void beginAgain(int viewNumber, String reason) {
      actions.add("begin again " + viewNumber);
    }

    @Override
    public List<ViewPlan> of(String project, String source) {
      return List.of();
    }

    @Override
    public Set<Integer> sheddingViews() {
      return Set.copyOf(shed);
    }
  }
}
