package io.freshet.platform.reconcile.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.error.ErrorCategory;
import io.freshet.plan.PlanCodec;
import io.freshet.platform.reconcile.Plans;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkRestTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static Path folder;
  private static SessionCluster cluster;
  private static FlinkRest client;
  private static String jar;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    cluster = SessionCluster.start(folder);
    client = cluster.client();
    jar = client.upload(TickingJob.writeJar(folder.resolve("ticking.jar")));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void saysHowMuchRoomThereIs() {
    assertThat(client.overview().slots()).isEqualTo(4);
    assertThat(client.overview().taskManagers()).isEqualTo(1);
  }

  @Test
  void uploadsAJarOnce() throws Exception {
    Path copy = TickingJob.writeJar(folder.resolve("ticking.jar"));

    assertThat(client.upload(copy)).isEqualTo(jar);
  }

  @Test
  void refusesAnIdThatRanBefore() {
    String id = "0000000000000000000000000000aa01";
    run(id, null);

    assertThatThrownBy(() -> run(id, null)).isInstanceOf(FlinkException.class);

    assertThat(client.job(id)).isPresent();
    client.cancel(id);
    awaitState(id, FlinkJob.State.CANCELED);
    assertThatThrownBy(() -> run(id, null)).isInstanceOf(FlinkException.class);
  }

  @Test
  void doesNotKnowAJobThatNeverRan() {
    assertThat(client.job("0000000000000000000000000000bb00")).isEqualTo(Optional.empty());
  }

  @Test
  void runsAJobAndSumsItsMetrics() {
    String id = "0000000000000000000000000000aa02";
    run(id, null);

    await().atMost(PATIENCE).until(() -> client.job(id).filter(FlinkJob::allTasksRun).isPresent());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Map<String, Double> metrics =
                  client.operatorMetrics(
                      client.job(id).orElseThrow(), Set.of("deadLetters", "lateEvents", "absent"));
              assertThat(metrics).containsOnlyKeys("deadLetters", "lateEvents");
              assertThat(metrics.get("deadLetters")).isGreaterThan(10);
              assertThat(client.restarts(id)).contains(0L);
            });
    client.cancel(id);
  }

  @Test
  void stopsAJobWithASavepointAndGoesOnFromIt() {
    String id = "0000000000000000000000000000aa03";
    run(id, null);
    await().atMost(PATIENCE).until(() -> client.checkpoints(id).latest() != null);

    String trigger = "0000000000000000000000000000cc03";
    assertThat(client.savepointIfAsked(id, trigger)).isEmpty();
    client.stopWithSavepoint(id, folder.resolve("savepoints").toUri().toString(), trigger);
    client.stopWithSavepoint(id, folder.resolve("savepoints").toUri().toString(), trigger);
    Savepoint savepoint =
        await()
            .atMost(PATIENCE)
            .until(
                () -> client.savepointIfAsked(id, trigger).orElseThrow(),
                seen -> seen.state() != Savepoint.State.IN_PROGRESS);
    awaitState(id, FlinkJob.State.FINISHED);
    String next = "0000000000000000000000000000aa04";
    run(next, savepoint.path());

    assertThat(savepoint.state()).isEqualTo(Savepoint.State.COMPLETED);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(client.checkpoints(next).restoredFrom()).isEqualTo(savepoint.path()));
    client.cancel(next);
  }

  @Test
  void saysThatTheClusterIsOutOfReach() {
    FlinkRest nobody = new FlinkRest(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(2));

    assertThatThrownBy(nobody::overview)
        .isInstanceOfSatisfying(
            FlinkException.class,
            failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE))
        .hasMessageContaining("http://127.0.0.1:1")
        .hasMessageContaining("freshet.flink.rest-url");
  }

  private static void run(String id, @Nullable String restoreFrom) {
    String plan = PlanCodec.encodeToString(Plans.jobPlan(folder.resolve("checkpoints")));
    client.run(jar, new JobSubmission(id, List.of(plan), 1, restoreFrom));
  }

  private static void awaitState(String id, FlinkJob.State state) {
    await()
        .atMost(PATIENCE)
        .until(() -> client.job(id).filter(job -> job.state() == state).isPresent());
  }
}
