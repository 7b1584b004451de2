package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.redis.RedisOnlineStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lanes of a running job get their history, with a real Kafka broker and a real Redis server. */
class HandOverJobTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int PARTITIONS = 2;
  private static final int PARALLELISM = 2;
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
    cluster.cancelAll();
    cluster.close();
    store.close();
    redis.close();
    kafka.close();
  }

  @Test
  void aViewIsRightFromItsFirstRowAndALaneReplacesAnotherWithoutAMissedReadAndIsShed()
      throws Exception {
    SourcePlan source = Flights.source("warm");
    ViewPlan seed = Flights.view("warm", "seed", 1, 600_000);
    ViewPlan warm = Flights.view("warm", "warm", 2, 600_000);
    ViewPlan healed =
        new ViewPlan(warm.view(), 2, 3, warm.tier(), 2, ViewPlan.Phase.BOOTSTRAPPING, false);
    try (SourceTopics topics = SourceTopics.create(kafka, source, PARTITIONS)) {
      Sent sent = new Sent(topics);
      sent.more(400);
      JobID job =
          cluster.submit(
              Flights.job(
                  "warm",
                  List.of(seed),
                  kafka.bootstrapServers(),
                  redis.uri(),
                  folder.toUri().toString()),
              PARALLELISM,
              null);
      Lanes lanes = new Lanes(cluster, job, topics, PARTITIONS, PARALLELISM);
      eventually(() -> rows.matchRecomputation(seed, sent.departures));

      Map<Integer, Long> cut = lanes.begin(warm);
      sent.more(200);
      eventually(() -> rows.matchRecomputation(seed, sent.departures));
      for (String origin : ORIGINS) {
        assertThat(rows.find(warm, origin)).as("before the history").isNull();
      }
      assertThat(rows.completeThrough(warm)).isZero();
      List<Departure> before = sent.before(cut);
      assertThat(before).hasSizeBetween(400, 599);
      lanes.settle(warm, HandOverRun.histories(source, warm, before));
      rows.matchRecomputation(warm, sent.departures);
      eventually(() -> assertThat(rows.completeThrough(warm)).isPositive());

      try (Reader reader = new Reader(() -> rows.matchRecomputation(warm, sent.departures))) {
        Map<Integer, Long> secondCut = lanes.begin(healed);
        lanes.settle(healed, HandOverRun.histories(source, healed, sent.before(secondCut)));
        topics.withdraw(warm.lane());
        eventually(() -> assertThat(rows.epoch(healed, "ATL")).isEqualTo(2));
        reader.assertNothingWrong();
      }
      sent.more(200);
      eventually(() -> rows.matchRecomputation(healed, sent.departures));

      topics.publish(shedding(healed));
      eventually(
          () -> {
            sent.more(1);
            assertThat(cluster.metric(job, "shedEvents")).isGreaterThan(5);
          });
      eventually(() -> rows.matchRecomputation(seed, sent.departures));
      assertThat(cluster.metric(job, "numRestarts")).isZero();
    }
  }

  private static ViewPlan shedding(ViewPlan plan) {
    return new ViewPlan(
        plan.view(),
        plan.number(),
        plan.lane(),
        plan.tier(),
        plan.epoch(),
        ViewPlan.Phase.LIVE,
        true);
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(assertion);
  }

  /** What was sent, and where it is. */
  private static final class Sent {
    private final SourceTopics topics;
    private final Random random;
    private final List<Departure> departures = new ArrayList<>();
    private final List<RecordMetadata> places = new ArrayList<>();

    Sent(SourceTopics topics) {
      long seed = System.nanoTime();
      System.out.println("departures of seed " + seed);
      this.topics = topics;
      this.random = new Random(seed);
    }

    void more(int count) throws Exception {
      long now = System.currentTimeMillis();
      List<Departure> more = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        more.add(
            new Departure(
                ORIGINS.get(random.nextInt(ORIGINS.size())),
                now - random.nextInt(Flights.DATED_BACK_MILLIS),
                random.nextInt(5) == 0 ? null : (long) random.nextInt(-20, 60)));
      }
      places.addAll(topics.send(more));
      departures.addAll(more);
    }

    List<Departure> before(Map<Integer, Long> cut) {
      List<Departure> before = new ArrayList<>();
      for (int i = 0; i < departures.size(); i++) {
        RecordMetadata place = places.get(i);
        if (place.offset() < cut.getOrDefault(place.partition(), 0L)) {
          before.add(departures.get(i));
        }
      }
      return before;
    }
  }

  /** Reads all the time. */
  private static final class Reader implements AutoCloseable {
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
    private final Thread thread;

    Reader(Runnable read) {
      thread =
          new Thread(
              () -> {
                while (!done.get()) {
                  try {
                    read.run();
                    reads.incrementAndGet();
                  } catch (AssertionError | RuntimeException e) {
                    wrong.compareAndSet(null, e);
                  }
                }
              });
      thread.start();
    }

    void assertNothingWrong() {
      assertThat(wrong.get()).isNull();
      assertThat(reads.get()).isGreaterThan(100);
    }

    @Override
    public void close() {
      done.set(true);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
