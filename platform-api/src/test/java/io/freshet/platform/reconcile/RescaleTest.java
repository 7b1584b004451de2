package io.freshet.platform.reconcile;

import static io.freshet.platform.reconcile.StreamFixture.PATIENCE;
import static io.freshet.platform.reconcile.StreamFixture.pathOf;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.TickingJob;
import io.freshet.platform.testing.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are stopped with a savepoint to go on in another way. */
class RescaleTest {
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
  void rescalesUpByRestAndDownAgainWithItsStateAndKeepsTheSavepointUntilItHasCheckpoints() {
    Platform platform = scene.start();
    StreamingJob one = scene.runDelays(platform);
    double countedByOne = scene.counted(one);

    platform
        .client()
        .send("PUT", scene.stream(), "application/json", "{\"parallelism\": 3}")
        .expect(200);
    StreamingJob three = scene.awaitAttempt(platform, 2);

    assertThat(three.launch().parallelism()).isEqualTo(3);
    assertThat(three.savepoint()).contains("/savepoints/" + one.jobId() + "/1/");
    assertThat(vertexParallelism(three)).isEqualTo(3);
    assertThat(streams.client().job(one.jobId()).orElseThrow().state())
        .isEqualTo(FlinkJob.State.FINISHED);
    double countedByThree = scene.counted(three);
    assertThat(countedByThree).isGreaterThanOrEqualTo(countedByOne);

    Path savepoint = pathOf(requireNonNull(three.savepoint()));
    assertThat(
            Files.exists(savepoint.resolve("_metadata"))
                || streams.client().checkpoints(three.jobId()).completed() >= 3)
        .isTrue();
    await().atMost(PATIENCE).until(() -> !Files.exists(savepoint.resolve("_metadata")));
    assertThat(streams.client().checkpoints(three.jobId()).completed()).isPositive();
    platform.client().delete(scene.stream()).expect(204);
    StreamingJob oneAgain = scene.awaitAttempt(platform, 3);

    assertThat(vertexParallelism(oneAgain)).isEqualTo(1);
    assertThat(scene.counted(oneAgain)).isGreaterThanOrEqualTo(countedByThree);
    assertThat(scene.status(platform))
        .contains("\"parallelism\":1")
        .contains("\"wantedParallelism\":1");
  }

  @Test
  void goesOnWithAnotherReleaseOfTheJobWhileADamagedJarStopsNothing() throws Exception {
    Platform platform = scene.start();
    StreamingJob before = scene.runDelays(platform);
    double counted = scene.counted(before);

    scene.damageJar();
    scene.awaitCheckpoints(before, 8);
    assertThat(scene.job(platform).attempt()).isEqualTo(1);
    assertThat(scene.job(platform).state()).isEqualTo(StreamingJob.State.RUNNING);
    scene.release("two");
    StreamingJob after = scene.awaitAttempt(platform, 2);

    assertThat(after.launch().jar()).isNotNull().isNotEqualTo(before.launch().jar());
    assertThat(after.savepoint()).contains("/savepoints/");
    assertThat(scene.counted(after)).isGreaterThanOrEqualTo(counted);
    assertThat(scene.status(platform)).contains(after.launch().jar());
  }

  @Test
  void goesOnWithChangedSettingsAndTheBackendThatTheyName() {
    Platform platform = scene.start("freshet.flink.expected-keys=100");
    StreamingJob before = scene.runDelays(platform);
    Platform holdsTheDatabase = scene.startCutOff();
    scene.stop(platform);

    Platform changed =
        scene.start("freshet.flink.checkpoint-interval=20s", "freshet.flink.state-backend=rocksdb");
    StreamingJob after = scene.awaitAttempt(changed, 2);

    assertThat(before.plan().checkpoints().stateBackend().name()).isEqualTo("HASHMAP");
    assertThat(after.plan().checkpoints().stateBackend().name()).isEqualTo("ROCKSDB");
    assertThat(after.plan().checkpoints().intervalMillis()).isEqualTo(20_000);
    assertThat(after.launch().backendReason()).contains("the settings say ROCKSDB");
    assertThat(scene.status(changed)).contains("\"backend\":\"ROCKSDB\"").contains("plannedBytes");
    assertThat(holdsTheDatabase.bean(StreamingJobs.class).all()).hasSize(1);
  }

  @Test
  void aStopThatWasDecidedAndNotAskedForIsAskedForAfterTheCrash() {
    Platform platform = scene.start();
    StreamingJob before = scene.runDelays(platform);
    Platform survivor = scene.startCutOff();
    scene.stop(platform);
    survivor.bean(StreamingJobTable.class).beginStop(before, Instant.now());
    assertThat(scene.job(survivor).state()).isEqualTo(StreamingJob.State.STOPPING);

    Platform next = scene.start();
    StreamingJob after = scene.awaitAttempt(next, 2);

    assertThat(after.savepoint()).contains("/savepoints/" + before.jobId() + "/1/");
  }

  @Test
  void aSavepointThatWasTakenWhileNobodyLookedIsFoundAfterTheCrash() {
    Platform platform = scene.start();
    StreamingJob before = scene.runDelays(platform);
    Platform survivor = scene.startCutOff();
    scene.stop(platform);
    survivor.bean(StreamingJobTable.class).beginStop(before, Instant.now());
    StreamingJob stopping = scene.job(survivor);
    String target =
        new RetainedCheckpoints(scene.checkpoints().toString())
            .savepointFolder(stopping.jobId(), stopping.stop().number());
    streams.client().stopWithSavepoint(stopping.jobId(), target, JobStops.trigger(stopping));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                streams.client().job(stopping.jobId()).orElseThrow().state()
                    == FlinkJob.State.FINISHED);

    StreamingJob after = scene.awaitAttempt(scene.start(), 2);

    assertThat(after.savepoint()).startsWith(target);
  }

  @Test
  void aFailedSavepointLeavesTheJobRunningAndIsTriedAgain() throws Exception {
    Platform platform = scene.start();
    StreamingJob before = scene.runDelays(platform);
    Path inTheWay = Files.createFile(scene.checkpoints().resolve("savepoints"));

    platform
        .client()
        .send("PUT", scene.stream(), "application/json", "{\"parallelism\": 2}")
        .expect(200);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(scene.status(platform)).contains("Cannot stop the job with a savepoint");
              assertThat(scene.job(platform).stop().number()).isGreaterThanOrEqualTo(2);
            });
    assertThat(scene.job(platform).jobId()).isEqualTo(before.jobId());
    assertThat(streams.client().job(before.jobId()).orElseThrow().state().isTerminal()).isFalse();
    Files.delete(inTheWay);

    StreamingJob after = scene.awaitAttempt(platform, 2);
    assertThat(vertexParallelism(after)).isEqualTo(2);
  }

  @Test
  void wishesThatCannotBeFulfilledStopNothing() {
    Platform platform = scene.start();
    StreamingJob before = scene.runDelays(platform);

    assertThat(wish(platform, scene.stream(), "{\"parallelism\": 0}")).isEqualTo(422);
    assertThat(wish(platform, scene.stream(), "{\"parallelism\": 129}")).isEqualTo(422);
    assertThat(wish(platform, scene.stream().replace("exactly", "just"), "{\"parallelism\": 1}"))
        .isEqualTo(404);
    assertThat(wish(platform, scene.stream().replace("departures", "x"), "{\"parallelism\": 1}"))
        .isEqualTo(404);
    assertThat(platform.client().postJson(scene.stream() + "/acknowledge-data-loss", "").status())
        .isEqualTo(409);

    assertThat(wish(platform, scene.stream(), "{\"parallelism\": 64}")).isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(scene.status(platform)).contains("it needs 63 more task slots"));
    assertThat(scene.job(platform).jobId()).isEqualTo(before.jobId());
  }

  @Test
  void anotherReleaseReplacesAJobThatKeepsFailing() throws Exception {
    System.setProperty(TickingJob.RESTARTS, "fixed-delay");
    Platform platform = scene.start();
    StreamingJob before = scene.runDelays(platform);
    System.setProperty(TickingJob.FAILS, "a defect of the release");
    await().atMost(PATIENCE).until(() -> streams.client().restarts(before.jobId()).orElse(0L) >= 2);

    scene.release("two");
    await().atMost(PATIENCE).until(() -> scene.job(platform).attempt() == 2);
    System.clearProperty(TickingJob.FAILS);
    StreamingJob after = scene.awaitAttempt(platform, 2);

    assertThat(after.savepoint()).contains(before.jobId()).contains("/chk-");
    assertThat(after.launch().jar()).isNotEqualTo(before.launch().jar());
  }

  private static int wish(Platform platform, String path, String body) {
    return platform.client().send("PUT", path, "application/json", body).status();
  }

  private static int vertexParallelism(StreamingJob job) {
    return streams.client().job(job.jobId()).orElseThrow().vertices().get(0).parallelism();
  }
}
