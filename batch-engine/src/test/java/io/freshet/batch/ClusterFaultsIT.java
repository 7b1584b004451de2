package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.batch.Flights.Flight;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ViewPlan;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs on a real cluster whose processes are killed in the middle. The online store takes no write
 * at that time, so that the run has committed its tiles and waits where it serves their rows.
 */
@Tag("nightly")
@ExtendWith(BatchServers.Extension.class)
class ClusterFaultsIT {
  private static final long SEED = 20260310;
  private static final Instant NOW = Instant.parse("2026-03-10T14:25:17.250Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String[] CONF = {
    "spark.executor.memory=640m",
    "spark.executor.cores=1",
    "spark.driver.host=127.0.0.1",
    "spark.driver.bindAddress=127.0.0.1",
    "spark.sql.shuffle.partitions=4",
    "spark.sql.adaptive.coalescePartitions.enabled=false"
  };

  private final BatchServers servers;
  private final Path folder;
  private StandaloneCluster cluster;

  ClusterFaultsIT(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @BeforeEach
  void startCluster() throws Exception {
    cluster = StandaloneCluster.start(Files.createDirectories(folder.resolve("cluster")));
  }

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void killedExecutorsCostARetryAndNoValue() throws Exception {
    Scenario flights = new Scenario(servers, folder, "executors").createTopic();
    ViewPlan view = Flights.originDelays(94, "executors");
    List<Flight> events = Flights.random(SEED, 2_000, NOW.minus(Duration.ofDays(2)), NOW);
    flights.send(events);
    BatchRunPlan plan = flights.plan("executors", NOW, 1, view);

    try (SubmittedJob run = SubmittedJob.start(plan, cluster.master(), CONF)) {
      List<ProcessHandle> killed = whileServing(run, this::killExecutors);

      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(killed).isNotEmpty().noneMatch(ProcessHandle::isAlive);
      assertThat(run.output()).contains("Lost executor");
    }

    ServedRows.assertEqual(flights, view, Oracle.rows(view, events, NOW));
  }

  @Test
  void aDecommissionedWorkerCostsNoValueWithTheSpotProfile() throws Exception {
    Scenario flights = new Scenario(servers, folder, "spot").createTopic();
    ViewPlan view = Flights.originDelays(97, "spot");
    List<Flight> events = Flights.random(SEED + 2, 2_000, NOW.minus(Duration.ofDays(2)), NOW);
    flights.send(events);
    BatchRunPlan plan = flights.plan("spot", NOW, 1, view);

    try (SubmittedJob run = SubmittedJob.start(plan, cluster.master(), spot())) {
      whileServing(
          run,
          () -> {
            cluster.decommission(0);
            await("a worker less").atMost(PATIENCE).until(() -> cluster.hasWorkers(1));
            return true;
          });
      assertThat(run.exitCode()).as(run.output()).isZero();
    }

    ServedRows.assertEqual(flights, view, Oracle.rows(view, events, NOW));
  }

  private static String[] spot() throws Exception {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("../deploy/spark/spot.conf"))) {
      settings.load(file);
    }
    return Stream.concat(
            settings.stringPropertyNames().stream().map(key -> key + "=" + settings.get(key)),
            Stream.of(CONF))
        .toArray(String[]::new);
  }

  @Test
  void aRunWhoseDriverWasKilledIsRepeated() throws Exception {
    Scenario flights = new Scenario(servers, folder, "driver").createTopic();
    ViewPlan view = Flights.originDelays(95, "driver");
    List<Flight> events = Flights.random(SEED + 1, 2_000, NOW.minus(Duration.ofDays(2)), NOW);
    flights.send(events);
    try (SubmittedJob run =
        SubmittedJob.start(flights.plan("driver", NOW, 1, view), cluster.master(), CONF)) {
      whileServing(
          run,
          () -> {
            run.kill();
            return true;
          });
      assertThat(Path.of(flights.plan("driver", NOW, 1, view).resultFile())).doesNotExist();
    }
    await("executors without a driver").atMost(PATIENCE).until(() -> cluster.executors().isEmpty());

    BatchRunPlan again = flights.plan("driver", NOW, 2, view);
    try (SubmittedJob run = SubmittedJob.start(again, cluster.master(), CONF)) {
      assertThat(run.exitCode()).as(run.output()).isZero();
    }

    assertThat(flights.table(flights.warehouse().archive(), "_offset")).hasSize(events.size());
    ServedRows.assertEqual(flights, view, Oracle.rows(view, events, NOW));
  }

  /** Kills every executor; others take their place. */
  private List<ProcessHandle> killExecutors() {
    List<ProcessHandle> executors = cluster.executors();
    executors.forEach(ProcessHandle::destroyForcibly);
    await("other executors")
        .atMost(PATIENCE)
        .until(() -> cluster.executors().stream().anyMatch(one -> !executors.contains(one)));
    return executors;
  }

  /** Does something while the rows of a run wait to be served. */
  private <T> T whileServing(SubmittedJob run, Callable<T> work) throws Exception {
    return PausedWrites.during(
        servers.redis().uri(),
        () -> {
          await("the run to serve").atMost(PATIENCE).until(() -> run.isAt("serve"));
          return work.call();
        });
  }
}
