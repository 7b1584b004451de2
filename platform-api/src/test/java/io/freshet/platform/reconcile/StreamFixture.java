package io.freshet.platform.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.Delivery;
import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.FlinkRest;
import io.freshet.platform.reconcile.flink.SessionCluster;
import io.freshet.platform.reconcile.flink.TickingJob;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Real servers with a real session cluster, and platforms that run the ticking job on it. */
public final class StreamFixture implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final KafkaFixture kafka = KafkaFixture.start();
  private final RedisFixture redis = RedisFixture.start();
  private final SessionCluster cluster;
  private final FlinkRest client;

  public StreamFixture(Path folder) throws Exception {
    this.folder = folder;
    this.cluster = SessionCluster.start(folder.resolve("uploads"));
    this.client = cluster.client();
  }

  public SessionCluster cluster() {
    return cluster;
  }

  public FlinkRest client() {
    return client;
  }

  public Scene scene() throws IOException {
    return new Scene(new Flights());
  }

  @Override
  public void close() {
    cluster.close();
    redis.close();
    kafka.close();
  }

  /** One project with a database, a folder of checkpoints and a jar of its own. */
  public final class Scene implements AutoCloseable {
    private final Flights flights;
    private final Path jar;
    private final List<Platform> started = new ArrayList<>();

    private Scene(Flights flights) throws IOException {
      this.flights = flights;
      this.jar = folder.resolve(flights.project() + ".jar");
      release("one");
    }

    /** Puts another release of the job where the platform looks for it. */
    void release(String name) throws IOException {
      Path next = TickingJob.writeJar(folder.resolve(flights.project() + ".new"), name);
      Files.move(next, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    void damageJar() throws IOException {
      Files.writeString(jar, "no jar at all");
    }

    public Platform start(String... settings) {
      List<String> all =
          new ArrayList<>(
              List.of(
                  "spring.datasource.url=" + Platform.databaseUrl(flights.project()),
                  "freshet.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                  "freshet.online-store.uri=" + redis.uri(),
                  "freshet.flink.rest-url=" + cluster.address(),
                  "freshet.flink.job-jar=" + jar,
                  "freshet.flink.checkpoint-dir=" + checkpoints(),
                  "freshet.flink.reconcile-interval=200ms",
                  "freshet.flink.attempt-pause=1s",
                  "freshet.flink.stop-pause=1s"));
      all.addAll(Arrays.asList(settings));
      Platform platform = Platform.start(all.toArray(String[]::new));
      started.add(platform);
      return platform;
    }

    /** A platform that keeps the database while it can reach no cluster. */
    Platform startCutOff() {
      return start("freshet.flink.rest-url=http://127.0.0.1:1", "freshet.flink.timeout=1s");
    }

    public void stop(Platform platform) {
      platform.close();
      started.remove(platform);
    }

    public StreamingJob runDelays(Platform platform) {
      return runDelays(platform, flights.delays());
    }

    public StreamingJob runDelays(Platform platform, String view) {
      flights.registerBasics(platform.client());
      platform.client().putYaml(flights.path("views/delays"), view).expect(201);
      StreamingJob running = awaitJob(platform, job -> true);
      awaitCheckpoints(running, 1);
      return running;
    }

    StreamingJob job(Platform platform) {
      return platform.bean(StreamingJobs.class).find(key()).orElseThrow();
    }

    public Flights flights() {
      return flights;
    }

    public JobKey key() {
      return new JobKey(flights.project(), "departures", Delivery.EXACTLY_ONCE);
    }

    String stream() {
      return flights.path("sources/departures/streams/exactly_once");
    }

    public String status(Platform platform) {
      return platform.client().get(flights.path("sources/departures/status")).body();
    }

    public String metrics(Platform platform) {
      return platform
          .client()
          .get("/actuator/prometheus")
          .body()
          .lines()
          .filter(line -> line.contains(flights.project()))
          .reduce("", (all, line) -> all + line + "\n");
    }

    StreamingJob awaitAttempt(Platform platform, int attempt) {
      return awaitJob(platform, job -> job.attempt() == attempt);
    }

    public StreamingJob awaitJob(Platform platform, Predicate<StreamingJob> wanted) {
      return await()
          .atMost(PATIENCE)
          .until(
              () -> platform.bean(StreamingJobs.class).find(key()),
              found ->
                  found
                      .filter(job -> job.state() == StreamingJob.State.RUNNING)
                      .filter(wanted)
                      .flatMap(job -> client().job(job.jobId()))
                      .filter(FlinkJob::allTasksRun)
                      .isPresent())
          .orElseThrow();
    }

    public void awaitCheckpoints(StreamingJob job, int completed) {
      await()
          .atMost(PATIENCE)
          .until(() -> client().checkpoints(job.jobId()).completed() >= completed);
    }

    /** How many ticks the job counted since its first start, once it says so. */
    double counted(StreamingJob job) {
      FlinkJob seen = client().job(job.jobId()).orElseThrow();
      return await()
          .atMost(PATIENCE)
          .until(
              () ->
                  client()
                      .operatorMetrics(seen, Set.of(TickingJob.COUNTED))
                      .getOrDefault(TickingJob.COUNTED, 0.0),
              count -> count > 0);
    }

    Path checkpoints() {
      return folder.resolve("checkpoints").resolve(flights.project());
    }

    /** The folders of a job's complete checkpoints, the newest first. */
    List<Path> checkpointsOf(StreamingJob job) throws IOException {
      try (Stream<Path> children = Files.list(checkpoints().resolve(job.jobId()))) {
        return children
            .filter(child -> Files.exists(child.resolve("_metadata")))
            .sorted(Comparator.comparingLong(StreamFixture::numberOf).reversed())
            .toList();
      }
    }

    @Override
    public void close() {
      List.of(TickingJob.FAILS, TickingJob.RESTARTS, TickingJob.PENDING, TickingJob.SHED)
          .forEach(System::clearProperty);
      List<StreamingJob> left =
          started.stream()
              .flatMap(platform -> platform.bean(StreamingJobs.class).all().stream())
              .toList();
      started.forEach(Platform::close);
      left.forEach(StreamFixture.this::cancelIfThere);
    }
  }

  /** The path of a checkpoint as the cluster and we write it. */
  static Path pathOf(String uri) {
    return Path.of(URI.create(uri).getPath());
  }

  static void assertRestoredFrom(FlinkRest client, StreamingJob job, Path checkpoint) {
    assertThat(job.savepoint()).isNotNull();
    assertThat(pathOf(job.savepoint())).isEqualTo(checkpoint);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(client.checkpoints(job.jobId()).restoredFrom())
                    .satisfies(uri -> assertThat(pathOf(uri)).isEqualTo(checkpoint)));
  }

  private static long numberOf(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().replace("chk-", ""));
  }

  private void cancelIfThere(StreamingJob job) {
    client()
        .job(job.jobId())
        .filter(found -> !found.state().isTerminal())
        .ifPresent(found -> client().cancel(found.id()));
  }
}
