package io.freshet.platform.handover;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.Delivery;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.JobKey;
import io.freshet.platform.reconcile.StreamingJobs;
import io.freshet.platform.schedule.ScriptedRun;
import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import io.freshet.servers.testing.RedisFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A control plane whose batch runs are scripted and whose streaming job is played: no cluster is
 * there. It can be stopped and started again on its database.
 */
final class HandOverBench implements AutoCloseable {
  private final Path folder;
  private final Platform.Shared servers = Platform.shared();
  private final RedisFixture redis;
  private Flights flights = new Flights();
  private @Nullable PlayedStream stream;
  private @Nullable Platform platform;

  HandOverBench(Path folder) throws Exception {
    this(folder, Platform.shared().redis());
  }

  HandOverBench(Path folder, RedisFixture redis) throws Exception {
    this.folder = folder;
    this.redis = redis;
    Files.writeString(folder.resolve("classpath"), System.getProperty("java.class.path"));
    Files.writeString(folder.resolve("flags"), "-Dfreshet.test.folder=" + folder + "\n");
    start();
  }

  /** Registers what all views are made of, in a project of its own. */
  void beginProject() throws Exception {
    flights = new Flights();
    stream = new PlayedStream(servers.kafka().bootstrapServers(), flights.project());
    runs("succeed");
    flights.registerBasics(platform().client());
  }

  void endProject() {
    stream().close();
  }

  Flights flights() {
    return flights;
  }

  PlayedStream stream() {
    return requireNonNull(stream);
  }

  /** Says what batch runs of the project that are started from now on do. */
  void runs(String behaviour) throws Exception {
    ScriptedRun.behave(folder, flights.project(), behaviour);
  }

  void start() {
    platform =
        Platform.start(
            "spring.datasource.url=jdbc:h2:file:"
                + folder.resolve("database")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE",
            "freshet.online-store.uri=" + redis.uri(),
            "freshet.kafka.bootstrap-servers=" + servers.kafka().bootstrapServers(),
            "freshet.flink.rest-url=http://127.0.0.1:1",
            "freshet.flink.timeout=1s",
            "freshet.hand-over.interval=100ms",
            "freshet.rebuild.interval=100ms",
            "freshet.hand-over.patience=1s",
            "freshet.hand-over.retry-pause=200ms",
            "freshet.batch.spark-classpath-file=" + folder.resolve("classpath"),
            "freshet.batch.jvm-flags-file=" + folder.resolve("flags"),
            "freshet.batch.job-jar=/no/batch-job.jar",
            "freshet.batch.master=local[2]",
            "freshet.batch.spark-conf.spark.sql.shuffle.partitions=3",
            "freshet.batch.memory=64MB",
            "freshet.batch.max-attempts=1",
            "freshet.batch.plan-interval=200ms",
            "freshet.batch.work-dir=" + folder.resolve("runs"));
  }

  void stop() {
    platform().close();
    platform = null;
  }

  Platform platform() {
    return requireNonNull(platform);
  }

  Answer put(String view, String document) {
    Answer answer = platform().client().putYaml(flights.path("views/" + view), document);
    assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    return answer;
  }

  /** Registers a view, and returns when the job that it seeds was asked for. */
  void seed() {
    put("delays", flights.delays());
    JobKey key = new JobKey(flights.project(), "departures", Delivery.EXACTLY_ONCE);
    eventually().until(() -> platform().bean(StreamingJobs.class).find(key).isPresent());
  }

  /** The document of another view like {@code delays}. */
  String more(String name) {
    return flights.delays().replace("name: delays", "name: " + name);
  }

  /** A lane of a view as its resource shows it, the newest first. */
  JsonNode lane(String view, int index) {
    return platform().client().get(flights.path("views/" + view + "/lanes")).at("/lanes/" + index);
  }

  int newestLane(String view) {
    return lane(view, 0).path("lane").asInt();
  }

  JsonNode route(String view) {
    return platform().client().get(flights.path("views/" + view + "/route")).expect(200).at("");
  }

  /** What a lookup says of a view. */
  JsonNode lookedUp(String view) {
    String request = "{\"features\": [\"" + view + "\"], \"entities\": []}";
    return platform().client().postJson(flights.path("lookup"), request).expect(200).at("/views/0");
  }

  void awaitStep(String view, String step) {
    eventually()
        .untilAsserted(() -> assertThat(lane(view, 0).path("step").asString()).isEqualTo(step));
  }

  /** Awaits what the definitions topic says of a lane. */
  ViewPlan awaitPublished(int lane, ViewPlan.Phase phase) {
    return eventually()
        .until(
            () -> stream().definitions().getOrDefault(lane, Optional.empty()),
            found -> found.filter(plan -> plan.phase() == phase).isPresent())
        .orElseThrow();
  }

  void awaitEnded(int lane) {
    eventually()
        .untilAsserted(
            () -> assertThat(stream().definitions()).containsEntry(lane, Optional.empty()));
  }

  /** Takes the newest lane of a view to its end: the job has one subtask. */
  void handOver(String view, long first, long second) {
    int lane = newestLane(view);
    stream().cutAt(lane, first, second);
    awaitStep(view, "SETTLING");
    stream().settled(lane, 0, 1);
    awaitPublished(lane, ViewPlan.Phase.LIVE);
  }

  List<String> journal() throws Exception {
    return ScriptedRun.journal(folder, flights.project());
  }

  static ConditionFactory eventually() {
    return await().atMost(Duration.ofMinutes(2));
  }

  @Override
  public void close() {
    if (platform != null) {
      platform.close();
    }
  }
}
