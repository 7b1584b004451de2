package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StateBackend;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.redis.RedisOnlineStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a Flink cluster, with a real Kafka broker and a real Redis server. */
class StreamingJobTest {
  private static final Duration SOON = Duration.ofSeconds(60);
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

  @AfterEach
  void cancel() throws Exception {
    cluster.cancelAll();
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
    ViewPlan delayed = Flights.view("come", "delayed", 2, 30_000, "delay > 15");
    try (SourceTopics topics = SourceTopics.create(kafka, Flights.source("come"), 2)) {
      List<Departure> sent = departures(400, System.currentTimeMillis());
      topics.send(sent);
      JobID job = cluster.submit(plan("come", List.of(all)), 2, null);
      eventually(() -> rows.matchRecomputation(all, sent));

      Lanes lanes = new Lanes(cluster, job, topics, 2, 2);
      lanes.begin(delayed);
      lanes.settle(delayed, List.of());
      eventually(() -> assertThat(rows.completeThrough(delayed)).isPositive());
      List<Departure> later = departures(400, System.currentTimeMillis());
      topics.send(later);
      sent.addAll(later);
      List<Departure> laterDelayed =
          later.stream().filter(event -> event.delay() != null && event.delay() > 15).toList();
      eventually(() -> rows.matchRecomputation(all, sent));
      eventually(() -> rows.matchRecomputation(delayed, laterDelayed));

      topics.withdraw(delayed.lane());
      long withdrawn = System.currentTimeMillis();
      eventually(() -> assertThat(rows.completeThrough(all)).isGreaterThan(withdrawn + 3_000));
      assertThat(rows.completeThrough(delayed)).isLessThan(withdrawn + 3_000);
      assertThat(cluster.metric(job, "numRestarts")).isZero();
      assertThat(cluster.status(job)).isEqualTo(JobStatus.RUNNING);
    }
  }

  @Test
  void aViewOfAnAddedColumnComesWhileTheJobRunsAndOlderViewsKeepTheirState() throws Exception {
    ViewPlan all = Flights.view("grow", "all", 1, 60_000);
    ViewPlan taxied = Flights.view("grow", "taxied", 2, 60_000, "taxi > 10");
    ViewPlan misfit = Flights.view("grow", "misfit", 3, 60_000, "gate > 1");
    SourcePlan before = Flights.source("grow");
    try (SourceTopics topics = SourceTopics.create(kafka, before, 2)) {
      List<Departure> sent = departures(200, System.currentTimeMillis());
      topics.send(sent);
      JobID job = cluster.submit(plan("grow", List.of(all)), 2, null);
      eventually(() -> rows.matchRecomputation(all, sent));

      topics.publish(misfit);
      topics.publish(Lanes.in(ViewPlan.Phase.BOOTSTRAPPING, taxied));
      topics.publish(Flights.withTaxi(before));
      topics.publish(before);
      Lanes lanes = new Lanes(cluster, job, topics, 2, 2);
      lanes.begin(taxied);
      lanes.settle(taxied, List.of());
      eventually(() -> assertThat(rows.completeThrough(taxied)).isPositive());
      List<Departure> withTaxi = sendTaxiing(topics, 200, 11);
      sent.addAll(withTaxi);
      sent.addAll(sendTaxiing(topics, 50, 10));
      topics.sendRaw("x", Flights.event("ATL", 0, 1L).replace("}", ",\"taxi\":\"11\"}"));
      eventually(() -> rows.matchRecomputation(all, sent));
      eventually(() -> rows.matchRecomputation(taxied, withTaxi));
      eventually(
          () ->
              assertThat(topics.deadLetters())
                  .extracting(letter -> letter.headers().get("freshet-reason"))
                  .singleElement()
                  .asString()
                  .contains("column taxi must be of type int64"));
      assertThat(rows.completeThrough(misfit)).isZero();
      assertThat(cluster.metric(job, "numRestarts")).isZero();

      Path checkpoint = cluster.checkpoint(job);
      cluster.cancel(job);
      JobID again = cluster.submit(plan("grow", List.of(all)), 2, checkpoint);
      List<Departure> afterwards = sendTaxiing(topics, 100, 12);
      sent.addAll(afterwards);
      withTaxi.addAll(afterwards);
      eventually(() -> rows.matchRecomputation(all, sent));
      eventually(() -> rows.matchRecomputation(taxied, withTaxi));
      assertThat(cluster.status(again)).isEqualTo(JobStatus.RUNNING);
    }
  }

  @Test
  void aCountFallsToZeroOnAnIdleTopicAndItsStateIsFreed() throws Exception {
    ViewPlan view = Flights.view("idle", "recent", 1, 10_000);
    try (SourceTopics topics = SourceTopics.create(kafka, Flights.source("idle"), 2)) {
      JobID job = cluster.submit(plan("idle", List.of(view)), 1, null);
      long sentAt = System.currentTimeMillis();
      List<Departure> sent = departures(50, sentAt);
      topics.send(sent);
      eventually(() -> rows.matchRecomputation(view, sent));
      assertThat(rows.features(view, "ATL")[0]).isNotEqualTo(0L);

      long hop = 1_000;
      Duration untilEmpty = Duration.ofMillis(10_000 + hop + 5_000);
      Duration left = untilEmpty.minusMillis(System.currentTimeMillis() - sentAt);
      await()
          .atMost(left)
          .pollInterval(Duration.ofMillis(100))
          .untilAsserted(
              () -> {
                assertThat(rows.features(view, "ATL")).containsExactly(0L, null, null, null);
                assertThat(cluster.metric(job, "keysOpened")).isEqualTo(ORIGINS.size());
                assertThat(cluster.metric(job, "keysFreed")).isEqualTo(ORIGINS.size());
              });
      rows.matchRecomputation(view, sent);
    }
  }

  @Test
  void recordsThatCannotBeUsedAreDeadLettersAndMoveNothing() throws Exception {
    ViewPlan view = Flights.view("dead", "all", 1, 60_000);
    ViewPlan ratio = Flights.view("dead", "ratio", 2, 60_000, "100 / delay > 2");
    try (SourceTopics topics = SourceTopics.create(kafka, Flights.source("dead"), 1)) {
      JobID job = cluster.submit(plan("dead", List.of(view, ratio)), 1, null);
      long now = System.currentTimeMillis();
      topics.sendRaw("a", "{\"origin\": ");
      topics.sendRaw("b", "{\"at\": " + now + "}");
      topics.sendRaw(
          "c", Flights.event("ATL", Instant.parse("2150-01-01T00:00:00Z").toEpochMilli(), 1L));
      List<Departure> good = List.of(new Departure("ATL", now, 0L));
      topics.send(good);
      eventually(() -> rows.matchRecomputation(view, good));
      eventually(() -> assertThat(rows.completeThrough(view)).isGreaterThan(now));
      topics.sendRaw("d", Flights.event("ATL", now - 60_000, 1L));
      eventually(() -> assertThat(topics.deadLetters()).hasSize(6));

      assertThat(topics.deadLetters())
          .extracting(letter -> letter.headers().get("freshet-kind"))
          .containsExactlyInAnyOrder(
              "MALFORMED", "MISSING_COLUMN", "FUTURE", "EXPRESSION_FAILED", "LATE", "LATE");
      assertThat(topics.deadLetters())
          .allSatisfy(
              letter ->
                  assertThat(letter.headers())
                      .containsEntry("freshet-topic", "dead.departures")
                      .containsEntry("freshet-partition", "0")
                      .hasEntrySatisfying(
                          "freshet-reason", reason -> assertThat(reason).startsWith("Cannot ")))
          .anySatisfy(letter -> assertLetter(letter, "c", "2", "FUTURE", null))
          .anySatisfy(letter -> assertLetter(letter, "ATL", "3", "EXPRESSION_FAILED", "ratio"))
          .anySatisfy(letter -> assertLetter(letter, "d", "4", "LATE", "all"));
      assertThat(rows.completeThrough(view)).isLessThan(System.currentTimeMillis());
      rows.matchRecomputation(view, good);
      assertThat(cluster.metric(job, "deadLetters")).isEqualTo(6);
      assertThat(cluster.metric(job, "lateEvents")).isEqualTo(2);
    }
  }

  @Test
  void continuesExactlyFromARetainedCheckpoint() throws Exception {
    ViewPlan view = Flights.view("again", "all", 1, 60_000);
    try (SourceTopics topics = SourceTopics.create(kafka, Flights.source("again"), 2)) {
      JobID first = cluster.submit(plan("again", List.of(view)), 2, null);
      List<Departure> sent = departures(300, System.currentTimeMillis());
      topics.send(sent);
      eventually(() -> rows.matchRecomputation(view, sent));
      Path checkpoint = cluster.checkpoint(first);
      List<Departure> afterCheckpoint = departures(300, System.currentTimeMillis());
      topics.send(afterCheckpoint);
      sent.addAll(afterCheckpoint);
      eventually(() -> rows.matchRecomputation(view, sent));
      cluster.cancel(first);
      assertThat(checkpoint.resolve("_metadata")).exists();

      List<Departure> whileDown = departures(300, System.currentTimeMillis());
      topics.send(whileDown);
      sent.addAll(whileDown);
      JobID second = cluster.submit(plan("again", List.of(view)), 1, checkpoint);

      eventually(() -> rows.matchRecomputation(view, sent));
      assertThat(cluster.metric(second, "lateEvents")).isZero();
    }
  }

  @Test
  void stateOnDiskIsCheckpointedByWhatHasChangedAndRestored() throws Exception {
    ViewPlan view = Flights.view("disk", "all", 1, 600_000);
    StreamingJobPlan onDisk = onDisk(plan("disk", List.of(view)));
    try (SourceTopics topics = SourceTopics.create(kafka, Flights.source("disk"), 2)) {
      JobID first = cluster.submitQuiet(onDisk, 2, null);
      List<Departure> sent = new ArrayList<>();
      for (int i = 0; i < 1_500; i++) {
        sent.add(new Departure("K" + i, System.currentTimeMillis(), (long) i));
      }
      topics.send(sent);
      eventually(() -> rows.matchRecomputation(view, sent));
      cluster.checkpoint(first);
      List<Departure> few = departures(20, System.currentTimeMillis());
      topics.send(few);
      sent.addAll(few);
      eventually(() -> rows.matchRecomputation(view, sent));
      Path second = cluster.checkpoint(first);
      JobCluster.CheckpointBytes bytes = cluster.newestCheckpoint(first);
      System.out.println("second checkpoint: " + bytes);
      assertThat(bytes.written()).isLessThan(bytes.full());
      cluster.cancel(first);

      JobID restored = cluster.submitQuiet(onDisk, 1, second);
      List<Departure> more = departures(20, System.currentTimeMillis());
      topics.send(more);
      sent.addAll(more);
      eventually(() -> rows.matchRecomputation(view, sent));
      assertThat(cluster.metric(restored, "lateEvents")).isZero();
    }
  }

  @Test
  void doesNotAdvanceWhileTheBrokerIsOutOfReachAndCountsWhatComesAfter() throws Exception {
    ViewPlan view = Flights.view("outage", "all", 1, 60_000);
    try (KafkaFixture broker = KafkaFixture.start();
        SourceTopics topics = SourceTopics.create(broker, Flights.source("outage"), 1)) {
      StreamingJobPlan plan =
          Flights.job(
              "outage",
              List.of(view),
              broker.bootstrapServers(),
              redis.uri(),
              folder.toUri().toString());
      JobID job = cluster.submit(plan, 1, null);
      List<Departure> sent = departures(20, System.currentTimeMillis());
      topics.send(sent);
      long sentAt = System.currentTimeMillis();
      eventually(() -> assertThat(rows.completeThrough(view)).isGreaterThan(sentAt));

      broker.kill();
      long killedAt = System.currentTimeMillis();
      await().pollDelay(Duration.ofSeconds(8)).until(() -> true);
      assertThat(rows.completeThrough(view)).isLessThan(killedAt);

      broker.restart();
      topics.sendRaw("x", "none, but it finds the broker again");
      List<Departure> during = departures(20, System.currentTimeMillis());
      topics.send(during);
      sent.addAll(during);
      eventually(() -> rows.matchRecomputation(view, sent));
      long back = System.currentTimeMillis();
      eventually(() -> assertThat(rows.completeThrough(view)).isGreaterThan(back));
      assertThat(cluster.metric(job, "lateEvents")).isZero();
    }
  }

  private static void assertLetter(
      SourceTopics.Letter letter, String key, String offset, String kind, @Nullable String view) {
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.headers())
        .containsEntry("freshet-offset", offset)
        .containsEntry("freshet-kind", kind);
    assertThat(letter.headers().get("freshet-view")).isEqualTo(view);
  }

  private StreamingJobPlan plan(String project, List<ViewPlan> views) {
    return Flights.job(
        project, views, kafka.bootstrapServers(), redis.uri(), folder.toUri().toString());
  }

  private static StreamingJobPlan onDisk(StreamingJobPlan plan) {
    CheckpointPlan heap = plan.checkpoints();
    CheckpointPlan disk =
        new CheckpointPlan(
            heap.directory(),
            heap.intervalMillis(),
            heap.timeoutMillis(),
            heap.minPauseMillis(),
            heap.retained(),
            heap.unaligned(),
            StateBackend.ROCKSDB);
    return new StreamingJobPlan(
        plan.jobName(),
        plan.source(),
        plan.delivery(),
        plan.views(),
        plan.bootstrapServers(),
        plan.onlineStore(),
        plan.logs(),
        disk,
        plan.flushIntervalMillis());
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
              nowMillis - random.nextInt(Flights.DATED_BACK_MILLIS),
              random.nextInt(5) == 0 ? null : (long) random.nextInt(-20, 60)));
    }
    return departures;
  }

  private static List<Departure> sendTaxiing(SourceTopics topics, int count, long taxi)
      throws Exception {
    List<Departure> departures = departures(count, System.currentTimeMillis());
    for (Departure departure : departures) {
      topics.sendRaw(departure.origin(), departure.json().replace("}", ",\"taxi\":" + taxi + "}"));
    }
    return departures;
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
  }
}
