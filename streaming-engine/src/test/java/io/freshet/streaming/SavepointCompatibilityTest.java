package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A savepoint that an earlier build wrote is restored by this one: operators and state are found
 * again, at another parallelism. The savepoint is committed as a test resource; it may only be
 * written anew together with a new version of the state, next to the old one:
 *
 * <pre>
 * ./mvnw test -pl streaming-engine -am -Dtest='SavepointCompatibilityTest#writesTheSavepoint' \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfreshet.savepoint.write=true
 * </pre>
 *
 * <p>It names offsets of the source's topic, so that the topic first gets the events that it had
 * when the savepoint was made. Their seed and their time are kept with it. The windows are of
 * years, so that nothing of them has decayed when it is restored, and the disorder is long, so that
 * copies of those events are duplicates and not late.
 */
class SavepointCompatibilityTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int PARTITIONS = 2;
  private static final String PROJECT = "kept";
  private static final SourcePlan SOURCE = CommittedSavepoint.source(PROJECT);
  private static final ViewPlan TEN_YEARS =
      Flights.view(PROJECT, "ten_years", 1, DAY.multipliedBy(3650).toMillis());
  private static final ViewPlan DELAYED =
      Flights.view(PROJECT, "delayed", 2, DAY.multipliedBy(3000).toMillis(), "delay > 100");
  private static final ViewPlan EVER = Flights.viewOfAllEvents(PROJECT, "ever", 3);
  private static final List<ViewPlan> VIEWS = List.of(TEN_YEARS, DELAYED, EVER);

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
    cluster.cancelAll();
    cluster.close();
    store.close();
    redis.close();
    kafka.close();
  }

  @Test
  void goesOnFromTheCommittedSavepointAtAnotherParallelism() throws Exception {
    CommittedSavepoint kept = CommittedSavepoint.load();
    System.out.println("restoring " + kept);
    try (SourceTopics topics = SourceTopics.create(kafka, SOURCE, PARTITIONS)) {
      List<Departure> sent = new ArrayList<>(kept.events());
      topics.send(sent);
      List<Departure> copies = kept.copies();
      topics.send(copies);

      JobID job = cluster.submit(plan(), 1, kept.folder());

      eventually(
          () ->
              assertThat(cluster.metric(job, "duplicateEvents"))
                  .isEqualTo(copies.size() + delayed(copies).size() + copies.size()));
      List<Departure> later = kept.eventsAfterwards(System.currentTimeMillis());
      topics.send(later);
      sent.addAll(later);
      awaitOracle(sent);
      assertThat(cluster.metric(job, "lateEvents")).isZero();
      assertThat(cluster.metric(job, "numRestarts")).isZero();
      assertKept(StateNames.in(kept.folder()), StateNames.in(cluster.savepoint(job, folder)));
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "freshet.savepoint.write", matches = "true")
  void writesTheSavepoint() throws Exception {
    CommittedSavepoint drawn = CommittedSavepoint.draw(System.currentTimeMillis());
    try (SourceTopics topics = SourceTopics.create(kafka, SOURCE, PARTITIONS)) {
      topics.send(drawn.events());
      JobID job = cluster.submit(plan(), 2, null);
      awaitOracle(drawn.events());
      cluster.checkpoint(job);

      drawn.commit(cluster.savepoint(job, folder));
    }
  }

  /**
   * Also of states that no row depends on, which a job would begin anew without a word. Flink keeps
   * what it restored of a state that nobody asks for: a state with another name is one more.
   */
  private static void assertKept(Map<String, Set<String>> before, Map<String, Set<String>> after) {
    assertThat(before.values()).anySatisfy(names -> assertThat(names).hasSizeGreaterThan(2));
    assertThat(after).as("states by operator").isEqualTo(before);
  }

  private static void awaitOracle(List<Departure> sent) {
    eventually(() -> rows.matchRecomputation(TEN_YEARS, sent));
    eventually(() -> rows.matchRecomputation(DELAYED, delayed(sent)));
    eventually(() -> rows.matchRecomputation(EVER, sent));
  }

  private static List<Departure> delayed(List<Departure> departures) {
    return departures.stream()
        .filter(departure -> departure.delay() != null && departure.delay() > 100)
        .toList();
  }

  private static StreamingJobPlan plan() {
    return Flights.job(
        SOURCE, VIEWS, kafka.bootstrapServers(), redis.uri(), folder.toUri().toString());
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
  }
}
