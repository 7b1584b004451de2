package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.oracle.Differential;
import io.freshet.oracle.Differential.Group;
import io.freshet.oracle.RandomCase;
import io.freshet.oracle.RandomCase.Arrival;
import io.freshet.oracle.RandomSource;
import io.freshet.oracle.SameValue;
import io.freshet.oracle.Views;
import io.freshet.plan.BoundView;
import io.freshet.plan.HandOverPlan.Lane;
import io.freshet.plan.HandOverResult;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.plan.ViewPlan.Phase;
import io.freshet.value.EntityKeyCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What lanes have after a hand-over, and after the events from their cuts on, against the oracle
 * over all events. The cases of a group are lanes of one run over one topic of three partitions,
 * each cut where chance has it.
 */
@ExtendWith(BatchServers.Extension.class)
class DifferentialHandOverTest {
  private static final int GROUP = 25;
  private static final int PARTITIONS = 3;
  private static final int FIRST_LANE = 1000;

  private final BatchServers servers;
  private final Path folder;

  DifferentialHandOverTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  static List<Group> groups() {
    return Differential.groups(100, GROUP);
  }

  /** A record of the topic. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Sent(int ofCase, Arrival arrival, byte[] json, int partition, long offset) {}

  @ParameterizedTest
  @MethodSource("groups")
  void historiesAndLaterEventsGiveTheValuesOverAllEvents(Group group) throws Exception {
    Random random = new Random(group.firstSeed());
    List<RandomCase> cases = group.cases();
    SourcePlan source = source(group, cases);
    List<List<Sent>> topic = topic(random, cases);
    Scenario scenario = new Scenario(servers, folder, "any").readAs(source).createTopic(PARTITIONS);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      scenario.sendTo(partition, topic.get(partition).stream().map(Sent::json).toList());
    }
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      lanes.add(new Lane(plan(i, cases.get(i).view()), cut(random, topic)));
    }
    long now = cases.get(0).asOfMillis() + random.nextLong(Duration.ofDays(1).toMillis());

    HandOverResult result =
        HandOverJob.run(
            ViewsInOneRun.small(servers.spark()),
            scenario.handOver("h1", Instant.ofEpochMilli(now), lanes.toArray(Lane[]::new)));

    HandedOver handedOver = scenario.handedOver();
    assertThat(result.lanes()).extracting(lane -> lane.keys()).anyMatch(keys -> keys > 0);
    for (int i = 0; i < cases.size(); i++) {
      int lane = FIRST_LANE + i;
      assertThat(handedOver.isComplete(lane)).isTrue();
      assertThat(result.lanes().get(i).keys()).isEqualTo(handedOver.histories(lane).size());
      check(cases.get(i), i, lanes.get(i), source, handedOver, topic);
    }
  }

  private void check(
      RandomCase random,
      int number,
      Lane lane,
      SourcePlan source,
      HandedOver handedOver,
      List<List<Sent>> topic) {
    BootstrappedLane state =
        new BootstrappedLane(
            lane.plan().view(), source, handedOver.histories(lane.plan().lane()).values());
    long latest = latest(lane, source, topic);
    List<Arrival> counted = new ArrayList<>();
    long newest = Long.MIN_VALUE;
    for (List<Sent> partition : topic) {
      for (Sent sent : partition) {
        boolean before = sent.offset < lane.cut().getOrDefault(sent.partition, 0L);
        long time = sent.arrival.event().timeMillis();
        if (sent.ofCase == number && (before || time >= latest)) {
          counted.add(sent.arrival);
          newest = Math.max(newest, time);
          if (!before) {
            state.add(sent.json);
          }
        }
      }
    }
    for (long asOf :
        new long[] {
          newest + 1, newest + 1 + Math.max(1, random.view().longestWindowMillis() / 3)
        }) {
      checkAsOf(random, counted, state, asOf, lane);
    }
  }

  private static void checkAsOf(
      RandomCase random, List<Arrival> counted, BootstrappedLane state, long asOf, Lane lane) {
    RandomCase then =
        new RandomCase(
            random.seed(),
            random.view(),
            random.maxDisorderMillis(),
            random.copies(),
            asOf,
            random.arrivals());
    EntityKeyCodec keys = new EntityKeyCodec(random.view().joinKeys());
    for (String key : RandomCase.KEYS) {
      @Nullable Object[] expected = then.expected(key, counted);
      @Nullable Object[] values = state.valuesAsOf(keys.encode(new Object[] {key}), asOf);
      @Nullable Object[] actual = values == null ? then.expected(key, List.of()) : values;
      assertThat(SameValue.allSame(actual, expected))
          .as(
              "cut %s, key %s as of %d: %s should be %s of %s",
              lane.cut(), key, asOf, Arrays.toString(actual), Arrays.toString(expected), then)
          .isTrue();
    }
  }

  /**
   * Events from the cut on that are older than this are late for a stream: none while a partition
   * is not read, whose events hold the watermark.
   */
  private static long latest(Lane lane, SourcePlan source, List<List<Sent>> topic) {
    long watermark = Long.MAX_VALUE;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      long cut = lane.cut().getOrDefault(partition, 0L);
      if (!topic.get(partition).isEmpty()) {
        long newest =
            topic.get(partition).stream()
                .limit(cut)
                .mapToLong(sent -> sent.arrival.event().timeMillis())
                .max()
                .orElse(Long.MIN_VALUE);
        watermark = Math.min(watermark, newest);
      }
    }
    return watermark == Long.MIN_VALUE
        ? watermark
        : watermark - source.maxDisorderMillis() - lane.plan().view().allowedLatenessMillis();
  }

  /** The arrivals of all cases, interleaved; those of a key keep their order in one partition. */
  private static List<List<Sent>> topic(Random random, List<RandomCase> cases) {
    List<List<Sent>> topic = new ArrayList<>();
    IntStream.range(0, PARTITIONS).forEach(any -> topic.add(new ArrayList<>()));
    int most = cases.stream().mapToInt(one -> one.arrivals().size()).max().orElse(0);
    for (int at = 0; at < most; at++) {
      for (int i = 0; i < cases.size(); i++) {
        if (at < cases.get(i).arrivals().size() && random.nextInt(30) > 0) {
          Arrival arrival = cases.get(i).arrivals().get(at);
          int partition = (i + arrival.key().hashCode()) % PARTITIONS;
          byte[] json = RandomSource.json(ViewsInOneRun.keyColumn(i), arrival);
          List<Sent> records = topic.get(partition);
          records.add(new Sent(i, arrival, json, partition, records.size()));
        }
      }
    }
    return topic;
  }

  /** A cut of each partition, now and then of all or of nothing; some partitions are absent. */
  private static Map<Integer, Long> cut(Random random, List<List<Sent>> topic) {
    Map<Integer, Long> cut = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int end = topic.get(partition).size();
      switch (random.nextInt(8)) {
        case 0 -> {} // Absent: the stream counts all of it.
        case 1 -> cut.put(partition, (long) end);
        default -> cut.put(partition, (long) random.nextInt(1 + end));
      }
    }
    return cut;
  }

  private static ViewPlan plan(int number, BoundView view) {
    BoundView keyed = Views.keyedBy(view, List.of(ViewsInOneRun.keyColumn(number)));
    return new ViewPlan(
        keyed, 1, FIRST_LANE + number, Tier.STREAMING, 2, Phase.BOOTSTRAPPING, false);
  }

  private static SourcePlan source(Group group, List<RandomCase> cases) {
    List<String> keyColumns =
        IntStream.range(0, cases.size()).mapToObj(ViewsInOneRun::keyColumn).toList();
    SourcePlan plain =
        RandomSource.plan(keyColumns, cases.get(0).maxDisorderMillis(), cases.get(0).copies());
    return new SourcePlan(
        plain.project(),
        "hand-over-" + group.firstSeed(),
        plain.columns(),
        plain.eventTime(),
        "hand-over-" + group.firstSeed(),
        plain.maxDisorderMillis(),
        Duration.ofDays(3650).toMillis(),
        null,
        plain.deduplication());
  }
}
