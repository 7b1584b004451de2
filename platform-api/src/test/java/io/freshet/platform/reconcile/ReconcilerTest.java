package io.freshet.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.Delivery;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.FlinkRest;
import io.freshet.platform.reconcile.flink.SessionCluster;
import io.freshet.platform.reconcile.flink.TickingJob;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconcilerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static Path folder;
  private static KafkaFixture kafka;
  private static RedisFixture redis;
  private static SessionCluster cluster;
  private static FlinkRest client;

  private final Flights flights = new Flights();
  private final List<Platform> started = new ArrayList<>();
  private String database = "";

  @BeforeAll
  static void startServers(@TempDir Path temporary) throws Exception {
    folder = temporary;
    kafka = KafkaFixture.start();
    redis = RedisFixture.start();
    cluster = SessionCluster.start(folder.resolve("uploads"));
    client = cluster.client();
    TickingJob.writeJar(folder.resolve("ticking.jar"));
  }

  @AfterAll
  static void stopServers() {
    cluster.close();
    redis.close();
    kafka.close();
  }

  @BeforeEach
  void nameDatabase() {
    database = "spring.datasource.url=" + Platform.databaseUrl(flights.project());
  }

  @AfterEach
  void stopPlatforms() {
    System.clearProperty(TickingJob.FAILS);
    List<StreamingJob> left =
        started.stream()
            .flatMap(platform -> platform.bean(StreamingJobs.class).all().stream())
            .toList();
    started.forEach(Platform::close);
    left.forEach(ReconcilerTest::cancelIfThere);
  }

  @Test
  void runsOneJobWhoseLaterViewsComeByTheDefinitionsTopic() {
    Platform platform = start(database);
    flights.registerBasics(platform.client());
    register(platform, flights.delays());
    StreamingJob first = awaitRunning(platform);

    register(platform, flights.delays().replace("name: delays", "name: more_delays"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(definitions(platform)).hasSize(3));
    remove(platform, "delays");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(definitions(platform).get(1)).isEmpty());

    StreamingJob same = awaitRunning(platform);
    assertThat(first.plan().views())
        .singleElement()
        .satisfies(seed -> assertThat(seed.phase()).isEqualTo(ViewPlan.Phase.LIVE));
    assertThat(definitions(platform).get(2)).isPresent();
    assertThat(same.jobId()).isEqualTo(first.jobId());
  }

  @Test
  void anAddedColumnReachesTheRunningJobBeforeAViewOfIt() {
    Platform platform = start(database);
    StreamingJob first = runDelays(platform);
    String grown =
        flights.departures("- {name: gate, type: string, optional: true}")
            + "---\n"
            + flights
                .delays()
                .replace("name: delays", "name: more_delays")
                .replace("filter: \"!cancelled\"", "filter: \"gate == 'A1'\"");

    platform.client().send("POST", "/api/v1/apply", "application/yaml", grown).expect(200);

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(definitions(platform)).hasSize(3));
    assertThat(definitions(platform).get(0)).get().asString().contains("\"gate\"");
    List<Integer> published = published();
    assertThat(published.lastIndexOf(0)).isLessThan(published.lastIndexOf(2));
    StreamingJob same = awaitRunning(platform);
    assertThat(same.jobId()).isEqualTo(first.jobId());
    assertThat(stateOf(first)).contains(FlinkJob.State.RUNNING);

    remove(platform, "delays");
    remove(platform, "more_delays");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(definitions(platform).values()).allMatch(Optional::isEmpty));
  }

  @Test
  void goesOnFromTheNewestCheckpointWhenTheClusterHasForgottenTheJob() throws Exception {
    Platform platform = start(database);
    StreamingJob first = runDelays(platform);
    awaitCheckpoint(first);

    cluster.restart();
    StreamingJob second = awaitAttempt(platform, 2);

    assertThat(client.job(first.jobId())).isEmpty();
    assertThat(second.savepoint()).contains(first.jobId()).contains("/chk-");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(pathOf(client.checkpoints(second.jobId()).restoredFrom()))
                    .isEqualTo(pathOf(second.savepoint())));
  }

  @Test
  void startsAFailedJobAgainFromItsNewestCheckpoint() {
    Platform platform = start(database);
    StreamingJob first = runDelays(platform);
    awaitCheckpoint(first);

    System.setProperty(TickingJob.FAILS, "true");
    await()
        .atMost(PATIENCE)
        .until(() -> stateOf(first).filter(s -> s == FlinkJob.State.FAILED).isPresent());
    System.clearProperty(TickingJob.FAILS);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              StreamingJob newest = job(platform).orElseThrow();
              assertThat(newest.attempt()).isGreaterThan(1);
              assertThat(newest.savepoint()).contains("/chk-");
              assertThat(client.job(newest.jobId())).get().matches(FlinkJob::allTasksRun);
            });
  }

  @Test
  void keepsAnIntentThatWasNotSubmittedWhenItGoesDown() {
    Platform cutOff =
        start(database, "freshet.flink.rest-url=http://127.0.0.1:1", "freshet.flink.timeout=1s");
    Platform holdsTheDatabase =
        start(database, "freshet.flink.rest-url=http://127.0.0.1:1", "freshet.flink.timeout=1s");
    flights.registerBasics(cutOff.client());
    register(cutOff, flights.delays());
    StreamingJob intended =
        await().atMost(PATIENCE).until(() -> job(cutOff), Optional::isPresent).orElseThrow();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(status(cutOff))
                    .contains("Cannot reach the Flink cluster")
                    .contains("REQUESTED"));
    cutOff.close();
    started.remove(cutOff);

    Platform platform = start(database);
    StreamingJob running = awaitRunning(platform);

    assertThat(holdsTheDatabase.bean(StreamingJobs.class).all()).hasSize(1);
    assertThat(intended.state()).isEqualTo(StreamingJob.State.REQUESTED);
    assertThat(running.jobId()).isEqualTo(intended.jobId());
    assertThat(running.attempt()).isEqualTo(1);
  }

  @Test
  void runsOneJobWhereTwoReplicasAskForIt() {
    Platform one = start(database);
    Platform other = start(database);
    flights.registerBasics(one.client());
    register(one, flights.delays());

    StreamingJob running = awaitRunning(other);
    JobReconciler reconciler = other.bean(JobReconciler.class);
    reconciler.reconcile(
        running.key(), requestedAgain(running), running.plan().source(), running.plan().views());

    assertThat(running.attempt()).isEqualTo(1);
    assertThat(job(one).orElseThrow().jobId()).isEqualTo(running.jobId());
    assertThat(client.job(running.jobId())).get().matches(FlinkJob::allTasksRun);
  }

  @Test
  void cancelsAJobWithoutViewsAndStartsAnewWhenOneComes() {
    Platform platform = start(database);
    StreamingJob first = runDelays(platform);

    remove(platform, "delays");
    await()
        .atMost(PATIENCE)
        .until(() -> job(platform).orElseThrow().state() == StreamingJob.State.CANCELLED);
    assertThat(stateOf(first)).contains(FlinkJob.State.CANCELED);

    register(platform, flights.delays());
    StreamingJob next = awaitRunning(platform);
    assertThat(next.generation()).isGreaterThan(first.generation());
    assertThat(next.savepoint()).isNull();
    assertThat(next.plan().views().get(0).phase()).isEqualTo(ViewPlan.Phase.LIVE);
  }

  @Test
  void showsTheJobInTheStatusAndAsGauges() {
    Platform platform = start(database);
    awaitCheckpoint(runDelays(platform));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(status(platform))
                  .contains("\"up\":true")
                  .contains("lastCheckpoint")
                  .contains("\"unreadableDefinitions\":3")
                  .contains("\"unusableHistories\":2");
              assertThat(platform.client().get("/actuator/prometheus").body())
                  .contains("freshet_stream_job_up{delivery=\"exactly_once\"")
                  .contains("freshet_stream_dead_letters{")
                  .containsPattern("freshet_stream_unreadable_definitions\\{.*} 3")
                  .containsPattern("freshet_stream_unusable_histories\\{.*} 2")
                  .contains("freshet_stream_checkpoint_age_seconds{")
                  .contains("freshet_stream_checkpoints_completed{")
                  .doesNotContain("freshet_view_staleness_seconds{");
            });
  }

  private StreamingJob runDelays(Platform platform) {
    flights.registerBasics(platform.client());
    register(platform, flights.delays());
    return awaitRunning(platform);
  }

  private void register(Platform platform, String view) {
    String name = view.contains("more_delays") ? "more_delays" : "delays";
    platform.client().putYaml(flights.path("views/" + name), view).expect(201);
  }

  private void remove(Platform platform, String view) {
    assertThat(platform.client().delete(flights.path("views/" + view)).status()).isLessThan(300);
  }

  private Platform start(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "freshet.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "freshet.online-store.uri=" + redis.uri(),
                "freshet.flink.rest-url=" + cluster.address(),
                "freshet.flink.job-jar=" + folder.resolve("ticking.jar"),
                "freshet.flink.checkpoint-dir=" + folder.resolve("checkpoints"),
                "freshet.flink.reconcile-interval=200ms",
                "freshet.flink.attempt-pause=1s"));
    all.addAll(Arrays.asList(settings));
    Platform platform = Platform.start(all.toArray(String[]::new));
    started.add(platform);
    return platform;
  }

  private Map<Integer, Optional<String>> definitions(Platform platform) {
    return new DefinitionsReader(platform.bean(KafkaSettings.class))
        .read("freshet." + flights.project() + ".departures.definitions");
  }

  /** The numbers of the records of the definitions topic in their order. */
  private List<Integer> published() {
    TopicPartition topic =
        new TopicPartition("freshet." + flights.project() + ".departures.definitions", 0);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(topic));
      consumer.seekToBeginning(List.of(topic));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(topic)).get(topic));
      List<Integer> numbers = new ArrayList<>();
      while (consumer.position(topic) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(found -> numbers.add(Integer.valueOf(found.key())));
      }
      return numbers;
    }
  }

  private String status(Platform platform) {
    return platform.client().get(flights.path("sources/departures/status")).body();
  }

  private Optional<StreamingJob> job(Platform platform) {
    return platform
        .bean(StreamingJobs.class)
        .find(new JobKey(flights.project(), "departures", Delivery.EXACTLY_ONCE));
  }

  private StreamingJob awaitRunning(Platform platform) {
    return awaitJob(platform, job -> true);
  }

  private StreamingJob awaitAttempt(Platform platform, int attempt) {
    return awaitJob(platform, job -> job.attempt() == attempt);
  }

  private StreamingJob awaitJob(
      Platform platform, java.util.function.Predicate<StreamingJob> wanted) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> job(platform),
            found ->
                found
                    .filter(job -> job.state() == StreamingJob.State.RUNNING)
                    .filter(wanted)
                    .flatMap(job -> client.job(job.jobId()))
                    .filter(FlinkJob::allTasksRun)
                    .isPresent())
        .orElseThrow();
  }

  private static void awaitCheckpoint(StreamingJob job) {
    await().atMost(PATIENCE).until(() -> client.checkpoints(job.jobId()).latest() != null);
  }

  private static Optional<FlinkJob.State> stateOf(StreamingJob job) {
    return client.job(job.jobId()).map(FlinkJob::state);
  }

  private static String pathOf(@Nullable String uri) {
    return uri == null ? "none" : URI.create(uri).getPath();
  }

  private static void cancelIfThere(StreamingJob job) {
    client
        .job(job.jobId())
        .filter(found -> !found.state().isTerminal())
        .ifPresent(found -> client.cancel(found.id()));
  }

  /** As a replica knows it that has not seen yet that the cluster took it. */
  private static StreamingJob requestedAgain(StreamingJob running) {
    return StreamingJob.requested(
        running.key(),
        running.generation(),
        running.attempt(),
        new JobStart(running.plan(), running.launch()),
        running.savepoint(),
        running.past(),
        running.requestedAt());
  }
}
