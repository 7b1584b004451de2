package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLog;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.SourcePlan;
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
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feature logs of the whole job, with a real broker. */
class FeatureLogTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private static KafkaFixture kafka;
  private static RedisFixture redis;
  private static RedisOnlineStore store;
  private static ServedRows served;
  private static JobCluster cluster;
  private static Path folder;

  @BeforeAll
  static void start(@TempDir Path checkpoints) throws Exception {
    folder = checkpoints;
    kafka = KafkaFixture.start();
    redis = RedisFixture.start();
    store = RedisOnlineStore.open(redis.uri());
    served = new ServedRows(store);
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
  void readersOfCommittedRowsSeeThemOnceTheCheckpointIsComplete() throws Exception {
    SourcePlan source = Flights.source("held");
    ViewPlan view = logged("held", 1);
    ViewPlan silent = Flights.view("held", "silent", 2, 60_000);
    try (SourceTopics topics = SourceTopics.create(kafka, source, 2)) {
      LogTopic log = LogTopic.create(kafka, source, view);
      LogFolder table = new LogFolder(warehouse(), source, view);
      JobID job = cluster.submitQuiet(plan(source, List.of(view, silent)), 2, null);
      List<Departure> sent = departures(300);
      topics.send(sent);
      eventually(() -> served.matchRecomputation(view, sent));
      eventually(() -> LoggedRow.matchRecomputation(log.uncommitted(), view, sent));
      assertThat(log.committed()).isEmpty();
      assertThat(table.rows()).isEmpty();

      cluster.checkpoint(job);

      logged(log, table, view, sent);
      assertThat(log.newestCommitted().get("view").asString()).isEqualTo("all");
      assertThat(log.newestCommitted().get("number").asInt()).isEqualTo(1);
      assertThat(log.newestCommitted().get("eventTime").asString()).startsWith("20");
    }
  }

  @Test
  void eachRowIsCommittedOnceThroughFailuresRestoresAndNewJobIds() throws Exception {
    SourcePlan source = Flights.source("once");
    ViewPlan view = logged("once", 1);
    try (SourceTopics topics = SourceTopics.create(kafka, source, 2)) {
      LogTopic log = LogTopic.create(kafka, source, view);
      LogFolder table = new LogFolder(warehouse(), source, view);
      JobID first = cluster.submitQuiet(plan(source, List.of(view)), 2, null);
      List<Departure> sent = sendAndServe(topics, view, new ArrayList<>());
      cluster.checkpoint(first);
      logged(log, table, view, sent);

      sendAndServe(topics, view, sent);
      eventually(() -> LoggedRow.matchRecomputation(log.uncommitted(), view, sent));
      cluster.replaceTaskManager();
      eventually(() -> assertThat(cluster.metric(first, "numRestarts")).isPositive());
      sendAndServe(topics, view, sent);
      Path newest = cluster.checkpoint(first);
      logged(log, table, view, sent);

      sendAndServe(topics, view, sent);
      cluster.cancel(first);
      JobID second = cluster.submitQuiet(plan(source, List.of(view)), 1, newest);
      sendAndServe(topics, view, sent);
      cluster.checkpoint(second);
      logged(log, table, view, sent);
      assertThat(log.uncommitted().size()).isGreaterThan(log.committed().size());
    }
  }

  @Test
  void whatACheckpointHoldsUncommittedIsCommittedByTheJobThatStartsFromIt() throws Exception {
    SourcePlan source = Flights.source("resumed");
    ViewPlan view = logged("resumed", 1);
    try (SourceTopics topics = SourceTopics.create(kafka, source, 2)) {
      LogTopic log = LogTopic.create(kafka, source, view);
      LogFolder table = new LogFolder(warehouse(), source, view);
      JobID first = cluster.submitQuiet(plan(source, List.of(view)), 2, null);
      List<Departure> sent = sendAndServe(topics, view, new ArrayList<>());
      Path uncommitted = cluster.savepoint(first, folder.resolve("savepoints"));
      cluster.cancel(first);
      assertThat(log.committed()).isEmpty();
      assertThat(table.rows()).isEmpty();

      JobID second = cluster.submitQuiet(plan(source, List.of(view)), 1, uncommitted);
      logged(log, table, view, sent);
      sendAndServe(topics, view, sent);
      cluster.checkpoint(second);
      logged(log, table, view, sent);
    }
  }

  @Test
  void deltaFollowsAJobThatStartsFromACheckpointBeforeItsNewestAndOneThatStartsFromNothing()
      throws Exception {
    SourcePlan source = Flights.source("back");
    ViewPlan view = logged("back", 1);
    try (SourceTopics topics = SourceTopics.create(kafka, source, 2)) {
      LogTopic log = LogTopic.create(kafka, source, view);
      LogFolder table = new LogFolder(warehouse(), source, view);
      JobID first = cluster.submitQuiet(plan(source, List.of(view)), 2, null);
      List<Departure> sent = sendAndServe(topics, view, new ArrayList<>());
      Path earlier = cluster.checkpoint(first);
      sendAndServe(topics, view, sent);
      cluster.checkpoint(first);
      logged(log, table, view, sent);
      cluster.cancel(first);

      JobID second = cluster.submitQuiet(plan(source, List.of(view)), 2, earlier);
      sendAndServe(topics, view, sent);
      cluster.checkpoint(second);
      eventually(() -> LoggedRow.matchRecomputation(table.rows(), view, sent));
      assertThat(log.committed().size()).isGreaterThan(table.rows().size());
      cluster.cancel(second);

      int before = table.rows().size();
      ViewPlan anew =
          new ViewPlan(
              view.view(), 1, view.lane(), view.tier(), 2, ViewPlan.Phase.LIVE, view.shedding());
      JobID third = cluster.submitQuiet(plan(source, List.of(anew)), 1, null);
      eventually(() -> served.matchRecomputation(view, sent));
      eventually(
          () ->
              LoggedRow.matchRecomputation(
                  log.uncommitted().stream().filter(row -> row.version().epoch() == 2).toList(),
                  view,
                  sent));
      cluster.checkpoint(third);
      eventually(
          () -> {
            List<LoggedRow> rows = table.rows();
            assertThat(rows).hasSizeGreaterThan(before);
            LoggedRow.matchRecomputation(rows, view, sent);
          });
    }
  }

  @Test
  void aViewThatComesLaterIsLoggedFromItsFirstRow() throws Exception {
    SourcePlan source = Flights.source("later");
    ViewPlan view = logged("later", 2);
    ViewPlan other = Flights.view("later", "other", 1, 60_000);
    try (SourceTopics topics = SourceTopics.create(kafka, source, 2)) {
      LogTopic log = LogTopic.create(kafka, source, view);
      LogFolder table = new LogFolder(warehouse(), source, view);
      JobID job = cluster.submitQuiet(plan(source, List.of(other)), 2, null);
      eventually(() -> assertThat(served.completeThrough(other)).isPositive());
      Lanes lanes = new Lanes(cluster, job, topics, 2, 2);
      lanes.begin(view);
      lanes.settle(view, List.of());
      eventually(() -> assertThat(served.completeThrough(view)).isPositive());
      List<Departure> sent = sendAndServe(topics, view, new ArrayList<>());
      cluster.checkpoint(job);
      logged(log, table, view, sent);
    }
  }

  @Test
  void aFencedTransactionFailsTheJobForGoodAndTheCheckpointBeforeBringsItsRows() throws Exception {
    SourcePlan source = Flights.source("fenced");
    ViewPlan view = logged("fenced", 1);
    try (SourceTopics topics = SourceTopics.create(kafka, source, 1)) {
      LogTopic log = LogTopic.create(kafka, source, view);
      LogFolder table = new LogFolder(warehouse(), source, view);
      JobID job = cluster.submitQuiet(plan(source, List.of(view)), 1, null);
      List<Departure> sent = sendAndServe(topics, view, new ArrayList<>());
      Path before = cluster.checkpoint(job);
      logged(log, table, view, sent);
      int committed = log.committed().size();
      sendAndServe(topics, view, sent);
      eventually(() -> assertThat(log.openTransactions("freshet-fenced")).hasSize(1));
      String transaction = log.openTransactions("freshet-fenced").get(0);

      log.fence(transaction);
      cluster.checkpoint(job);

      eventually(() -> assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED));
      assertThat(log.committed()).hasSize(committed);
      assertThat(cluster.failure(job))
          .contains(
              "data loss suspected",
              transaction,
              "freshet.fenced.departures.feature-log.*",
              "retained checkpoint before the newest");

      JobID again = cluster.submitQuiet(plan(source, List.of(view)), 1, before);
      sendAndServe(topics, view, sent);
      cluster.checkpoint(again);
      logged(log, table, view, sent);
    }
  }

  @Test
  void anExpiredTransactionFailsTheJobForGood() throws Exception {
    SourcePlan source = Flights.source("expired");
    ViewPlan view = logged("expired", 1);
    try (SourceTopics topics = SourceTopics.create(kafka, source, 1)) {
      LogTopic log = LogTopic.create(kafka, source, view);
      JobID job = cluster.submitQuiet(plan(source, List.of(view), 5_000), 1, null);
      List<Departure> sent = sendAndServe(topics, view, new ArrayList<>());
      eventually(() -> LoggedRow.matchRecomputation(log.uncommitted(), view, sent));
      eventually(() -> assertThat(log.openTransactions("freshet-expired")).isEmpty());

      cluster.checkpoint(job);

      eventually(() -> assertThat(cluster.status(job)).isEqualTo(JobStatus.FAILED));
      assertThat(log.committed()).isEmpty();
      assertThat(cluster.failure(job)).contains("data loss suspected", "5000 ms");
    }
  }

  private static ViewPlan logged(String project, int number) {
    return Flights.logged(
        Flights.view(project, "all", number, 60_000), FeatureLog.KAFKA, FeatureLog.DELTA);
  }

  private static StreamingJobPlan plan(SourcePlan source, List<ViewPlan> views) {
    return plan(source, views, FeatureLogPlan.DEFAULT_TRANSACTION_TIMEOUT_MILLIS);
  }

  private static StreamingJobPlan plan(
      SourcePlan source, List<ViewPlan> views, long transactionTimeoutMillis) {
    return new StreamingJobPlan(
        "freshet-" + source.project(),
        source,
        Delivery.EXACTLY_ONCE,
        views,
        kafka.bootstrapServers(),
        redis.uri(),
        new FeatureLogPlan(warehouse().toString(), transactionTimeoutMillis),
        CheckpointPlan.every(folder.toUri().toString(), 10_000),
        50);
  }

  private static Path warehouse() {
    return folder.resolve("warehouse");
  }

  private static void logged(LogTopic topic, LogFolder table, ViewPlan view, List<Departure> sent) {
    eventually(() -> LoggedRow.matchRecomputation(topic.committed(), view, sent));
    eventually(() -> LoggedRow.matchRecomputation(table.rows(), view, sent));
  }

  /** Sends more departures, adds them to those before, and waits until all are served. */
  private static List<Departure> sendAndServe(
      SourceTopics topics, ViewPlan view, List<Departure> sent) throws Exception {
    List<Departure> more = departures(300);
    topics.send(more);
    sent.addAll(more);
    eventually(() -> served.matchRecomputation(view, sent));
    return sent;
  }

  private static List<Departure> departures(int count) {
    long seed = System.nanoTime();
    System.out.println("departures of seed " + seed);
    Random random = new Random(seed);
    long now = System.currentTimeMillis();
    List<Departure> departures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      departures.add(
          new Departure(
              "A" + random.nextInt(5),
              now - random.nextInt(Flights.DATED_BACK_MILLIS),
              random.nextInt(5) == 0 ? null : (long) random.nextInt(-20, 60)));
    }
    return departures;
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
  }
}
