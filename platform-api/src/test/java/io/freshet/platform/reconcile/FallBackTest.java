package io.freshet.platform.reconcile;

import static io.freshet.platform.reconcile.StreamFixture.PATIENCE;
import static io.freshet.platform.reconcile.StreamFixture.assertRestoredFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.TickingJob;
import io.freshet.platform.testing.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs whose checkpoints are damaged, or that say they lost data. */
class FallBackTest {
  private static StreamFixture streams;
  private StreamFixture.Scene scene;

  @BeforeAll
  static void startServers(@TempDir Path folder) throws Exception {
    streams = new StreamFixture(folder);
  }

  @AfterAll
  static void stopServers() {
    streams.close();
  }

  @BeforeEach
  void setScene() throws Exception {
    scene = streams.scene();
  }

  @AfterEach
  void clearScene() {
    scene.close();
  }

  @Test
  void goesOnFromAnOlderCheckpointWhereTheNewestHasDamagedMetadata() throws Exception {
    Platform platform = scene.start();
    StreamingJob first = scene.runDelays(platform);
    scene.awaitCheckpoints(first, 3);
    streams.cluster().close();
    List<Path> checkpoints = scene.checkpointsOf(first);
    Files.writeString(checkpoints.get(0).resolve("_metadata"), "no metadata at all");

    streams.cluster().start();
    StreamingJob second = scene.awaitAttempt(platform, 2);

    assertRestoredFrom(streams.client(), second, checkpoints.get(1));
    assertThat(second.past().notice())
        .contains("Fell back to")
        .contains(checkpoints.get(0).getFileName().toString())
        .contains("its metadata is damaged");
    assertThat(scene.status(platform)).contains("Fell back to");
    assertThat(fallbacks(platform)).isEqualTo(1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "fixed-delay"})
  void goesOnFromAnOlderCheckpointWhereFilesOfTheNewestAreMissing(String restarts)
      throws Exception {
    System.setProperty(TickingJob.RESTARTS, restarts);
    Platform platform = scene.start();
    StreamingJob first = scene.runDelays(platform);
    scene.awaitCheckpoints(first, 3);
    streams.cluster().close();
    List<Path> checkpoints = scene.checkpointsOf(first);
    assertThat(deleteStateOf(checkpoints.get(0))).isPositive();

    streams.cluster().start();
    StreamingJob third = scene.awaitAttempt(platform, 3);

    assertRestoredFrom(streams.client(), third, checkpoints.get(1));
    assertThat(third.past().notice()).contains("the job could not be restored from it");
    assertThat(fallbacks(platform)).isEqualTo(1.0);
  }

  @Test
  void whereNoCheckpointCanBeUsedAllViewsBeginAgainAndItSaysSo() throws Exception {
    Platform platform = scene.start();
    StreamingJob first = scene.runDelays(platform);
    streams.cluster().close();
    emptyMetadataOf(first);

    streams.cluster().start();
    StreamingJob second = scene.awaitAttempt(platform, 2);

    assertThat(second.savepoint()).isNull();
    assertThat(second.plan().views()).isEmpty();
    assertThat(second.past().notice())
        .contains("Began without state, all views begin again")
        .contains("its metadata is damaged: it is cut off");
    assertThat(scene.status(platform)).contains("BOOTSTRAPPING").contains("Began without state");
    assertThat(fallbacks(platform)).isEqualTo(1.0);
  }

  @Test
  void nothingStartsWhereNoCheckpointCanBeUsedAndTheViewsCannotBeginAgain() throws Exception {
    Platform platform = scene.start();
    StreamingJob first = scene.runDelays(platform);
    Platform survivor = scene.startCutOff();
    scene.stop(platform);
    streams.cluster().close();
    List<Path> checkpoints = emptyMetadataOf(first);
    streams.cluster().start();

    JobStarts starts = startsOf(survivor, new RecordingLanes());
    assertThatThrownBy(
            () -> starts.another(scene.job(survivor), first.plan().views(), Ending.lost()))
        .hasMessageContaining("they cannot begin again: Began without state");

    assertThat(scene.job(survivor).attempt()).isEqualTo(1);
    assertThat(scene.job(survivor).condition()).isEqualTo(Condition.STATE_LOST);
    assertThat(scene.job(survivor).problem())
        .contains("None of the job's checkpoints can be used")
        .contains(checkpoints.get(0).getFileName().toString());
    assertThat(streams.client().job(JobIds.derive(first.key(), first.generation(), 2))).isEmpty();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(scene.metrics(survivor))
                    .containsPattern("freshet_stream_state_lost\\{.*} 1"));
  }

  @Test
  void tellsTheLanesThatAreYoungerThanTheCheckpoint() throws Exception {
    Platform platform = scene.start();
    StreamingJob first = scene.runDelays(platform);
    scene.awaitCheckpoints(first, 2);
    Platform survivor = scene.startCutOff();
    scene.stop(platform);
    streams.cluster().close();
    List<Path> checkpoints = scene.checkpointsOf(first);
    Instant stateOf =
        Files.getLastModifiedTime(checkpoints.get(1).resolve("_metadata")).toInstant();
    Files.write(checkpoints.get(0).resolve("_metadata"), new byte[] {1, 2, 3, 4, 5});

    streams.cluster().start();
    RecordingLanes lanes = new RecordingLanes();
    startsOf(survivor, lanes).another(scene.job(survivor), first.plan().views(), Ending.lost());

    assertThat(lanes.stateOf).isEqualTo(stateOf);
    assertThat(scene.job(survivor).attempt()).isEqualTo(2);
  }

  @Test
  void aJobThatSuspectsDataLossWaitsForAnOperatorAndGoesOnFromBeforeTheLoss() throws Exception {
    Platform platform = scene.start();
    StreamingJob first = scene.runDelays(platform);
    scene.awaitCheckpoints(first, 2);

    System.setProperty(TickingJob.FAILS, "data loss suspected: a transaction of flights was lost");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(scene.status(platform))
                    .contains("\"condition\":\"DATA_LOSS_SUSPECTED\"")
                    .contains("a transaction of flights was lost"));
    System.clearProperty(TickingJob.FAILS);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(scene.job(platform).attempt()).isEqualTo(1));
    assertThat(streams.client().job(first.jobId()).orElseThrow().state())
        .isEqualTo(FlinkJob.State.FAILED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(scene.metrics(platform))
                    .containsPattern("freshet_stream_data_loss_suspected\\{.*} 1"));

    Path beforeTheLoss = scene.checkpointsOf(first).get(1);
    platform.client().postJson(scene.stream() + "/acknowledge-data-loss", "").expect(202);
    StreamingJob second = scene.awaitAttempt(platform, 2);

    assertRestoredFrom(streams.client(), second, beforeTheLoss);
    assertThat(second.past().notice()).contains("the transaction that was lost");
    assertThat(second.condition()).isNull();
  }

  private double fallbacks(Platform platform) {
    return scene
        .metrics(platform)
        .lines()
        .filter(line -> line.startsWith("freshet_stream_checkpoint_fallbacks_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static int deleteStateOf(Path checkpoint) throws IOException {
    int deleted = 0;
    try (Stream<Path> files = Files.list(checkpoint)) {
      for (Path file : files.filter(path -> !path.endsWith("_metadata")).toList()) {
        Files.delete(file);
        deleted++;
      }
    }
    return deleted;
  }

  private List<Path> emptyMetadataOf(StreamingJob job) throws IOException {
    List<Path> checkpoints = scene.checkpointsOf(job);
    for (Path checkpoint : checkpoints) {
      Files.write(checkpoint.resolve("_metadata"), new byte[0]);
    }
    return checkpoints;
  }

  private static JobStarts startsOf(Platform platform, StateLoss lanes) {
    return new JobStarts(
        platform.bean(StreamingIntents.class),
        platform.bean(StreamingJobTable.class),
        streams.client(),
        platform.bean(FlinkSettings.class),
        platform.bean(RecoveryMetrics.class),
        lanes,
        Clock.systemUTC());
  }

  private static final class RecordingLanes implements StateLoss {
    private Instant stateOf = Instant.EPOCH;

    @Override
    public void fellBack(List<ViewPlan> views, Instant newestState, String reason) {
      stateOf = newestState;
    }

    @Override
    public void lostAll(List<ViewPlan> views, String reason) {
      throw new IllegalStateException("they cannot begin again: " + reason);
    }
  }
}
