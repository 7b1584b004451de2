package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.redis.RedisOnlineStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a Flink cluster, with a real Kafka broker and a real Redis server. */
class StreamingJobTest {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final List<String> ORIGINS = List.of("ATL", "ORD", "DFW", "DEN", "LAX");

  private static KafkaFixture kafka;
  private static RedisFixture redis;
  private static RedisOnlineStore store;
  private static ServedRows rows;
  private static JobCluster cluster;
  private static Path folder;

  @BeforeAll
  static void start(@TempDir Path checkpoints) throws Exception {
    folder = checkpoints;
    kafka = KafkaFixture.start();
    redis = RedisFixture.start();
    store = RedisOnlineStore.open(redis.uri());
    rows = new ServedRows(store);
    cluster = new JobCluster();
    cluster.start();
  }

  @AfterAll
  static void close() throws Exception {
    cluster.close();
    store.close();
    redis.close();
    kafka.close();
  }

  @Test
  void servesWhatARecomputationGivesAndViewsComeAndGoWhileItRuns() throws Exception {
    ViewPlan all = Flights.view("come", "all", 1, 60_000);
    ViewPlan delayed =
        Flights.view("come", "delayed", 2, 30_000, "delay > 15", ViewPlan.ALL_EVENTS);
    try (SourceTopics topics = SourceTopics.create(kafka, Flights.source("come"), 2)) {
      List<Departure> sent = departures(400, System.currentTimeMillis());
      topics.send(sent);
      JobID job = cluster.submit(plan("come", List.of(all)), 2, null);
      eventually(() -> rows.matchRecomputation(all, sent));

      topics.publish(delayed);
      eventually(() -> assertThat(rows.completeThrough(delayed)).isPositive());
      List<Departure> later = departures(400, System.currentTimeMillis());
      topics.send(later);
      sent.addAll(later);
      List<Departure> laterDelayed =
          later.stream().filter(event -> event.delay() != null && event.delay() > 15).toList();
      eventually(() -> rows.matchRecomputation(all, sent));
      eventually(() -> rows.matchRecomputation(delayed, laterDelayed));

      topics.withdraw(delayed.number());
      long withdrawn = System.currentTimeMillis();
      eventually(() -> assertThat(rows.completeThrough(all)).isGreaterThan(withdrawn + 3_000));
      assertThat(rows.completeThrough(delayed)).isLessThan(withdrawn + 3_000);
      assertThat(cluster.counter(job, "numRestarts")).isZero();
      assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
      cluster.cancel(job);
    }
  }

  private StreamingJobPlan plan(String project, List<ViewPlan> views) {
    return Flights.job(
        project, views, kafka.bootstrapServers(), redis.uri(), folder.toUri().toString());
  }

  /** Departures of the two seconds before a time, out of order, some of them without a delay. */
  private static List<Departure> departures(int count, long nowMillis) {
    long seed = System.nanoTime();
    System.out.println("departures of seed " + seed);
    Random random = new Random(seed);
    List<Departure> departures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      departures.add(
          new Departure(
              ORIGINS.get(random.nextInt(ORIGINS.size())),
              nowMillis - random.nextInt((int) Flights.MAX_DISORDER_MILLIS),
              random.nextInt(5) == 0 ? null : (long) random.nextInt(-20, 60)));
    }
    return departures;
  }

  private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
  }
}
