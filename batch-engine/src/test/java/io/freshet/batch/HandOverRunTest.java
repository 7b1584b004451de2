package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.Flights.Flight;
import io.freshet.error.InvalidInputException;
import io.freshet.handover.HandOver.AllKeys;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.handover.HandOver.SeenId;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Deduplication;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.HandOverPlan.Lane;
import io.freshet.plan.HandOverResult;
import io.freshet.plan.HandOverResult.LaneResult;
import io.freshet.plan.InputPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.plan.ViewPlan.Phase;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Delays are the ids of flights where events can have copies. */
@ExtendWith(BatchServers.Extension.class)
class HandOverRunTest {
  private static final Instant NOW = Instant.parse("2026-03-10T14:00:00Z");
  private static final Duration TTL = Duration.ofDays(30); // Of every view of flights.

  private final BatchServers servers;
  private final Path folder;

  HandOverRunTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void keysAreHandedOverWhileTheirRowIsServedAlsoWithEmptyWindows() throws Exception {
    Scenario flights = new Scenario(servers, folder, "handed-keys").createTopic();
    Instant expired = NOW.minus(TTL).minus(Duration.ofHours(2));
    flights.sendInOrder(
        List.of(
            flight(expired, "OLD", 1L),
            flight(NOW.minus(Duration.ofDays(20)), "LNK", 2L),
            flight(NOW.minusSeconds(7200), "ATL", 3L),
            flight(NOW, "ATL", 4L)));
    Lane windowed = lane(501, counts(51, "handed-keys"), Map.of(0, 4L, 1, 0L));
    Lane lifetime = lane(502, lifetimeCounts(52, "handed-keys"), Map.of(0, 4L, 1, 0L));

    HandOverResult result = flights.run(flights.handOver("k1", NOW, windowed, lifetime));

    assertThat(result)
        .isEqualTo(
            new HandOverResult(
                "k1", 4, List.of(new LaneResult(501, 3, 2), new LaneResult(502, 4, 3))));
    HandedOver handedOver = flights.handedOver();
    assertThat(countsAsOf(handedOver, windowed, NOW.plusSeconds(1)))
        .isEqualTo(Map.of("LNK", 0L, "ATL", 2L));
    assertThat(countsAsOf(handedOver, lifetime, NOW.plusSeconds(1)))
        .isEqualTo(Map.of("OLD", 1L, "LNK", 1L, "ATL", 2L));
    assertThat(handedOver.isComplete(501)).isTrue();
    assertThat(handedOver.isComplete(502)).isTrue();
  }

  @Test
  void anEventOfTheFutureDoesNotExpireKeysAndOneOutOfOrderIsOnItsSideOfTheCut() throws Exception {
    Scenario flights = new Scenario(servers, folder, "handed-future").createTopic();
    Instant now = Instant.now();
    Instant almostExpired = now.minus(TTL).plusSeconds(30);
    flights.sendInOrder(
        List.of(
            flight(now.plusSeconds(50), "ATL", 1L),
            flight(almostExpired, "LNK", 2L),
            flight(now.minusSeconds(600), "ATL", 3L),
            flight(now.minusSeconds(1200), "ATL", 4L)));
    Lane lane = lane(511, counts(53, "handed-future"), Map.of(0, 3L));

    flights.run(flights.handOver("f1", now, lane));

    assertThat(countsAsOf(flights.handedOver(), lane, now.plusSeconds(51)))
        .isEqualTo(Map.of("LNK", 0L, "ATL", 2L));
  }

  @Test
  void twoLanesOfOneViewHaveCutsOfTheirOwnAndAnAbsentPartitionIsNotHandedOver() throws Exception {
    Scenario flights = new Scenario(servers, folder, "handed-lanes").createTopic();
    List<byte @Nullable []> records =
        Flights.random(7, 60, NOW.minusSeconds(3600), NOW).stream()
            .map(flight -> (byte @Nullable []) utf8(flight.json()))
            .toList();
    flights.sendTo(0, records.subList(0, 40));
    flights.sendTo(1, records.subList(40, 60));
    ViewPlan view = counts(54, "handed-lanes");

    HandOverResult result =
        flights.run(
            flights.handOver(
                "l1",
                NOW,
                lane(521, view, Map.of(0, 10L, 1, 20L)),
                lane(522, view, Map.of(0, 33L)),
                lane(523, view, Map.of())));

    assertThat(result.lanes()).extracting(LaneResult::events).containsExactly(30L, 33L, 0L);
    assertThat(flights.handedOver().histories(523)).isEmpty();
    assertThat(flights.handedOver().isComplete(523)).isTrue();
  }

  @Test
  void aRepeatedRunSendsTheSameAgain() throws Exception {
    Scenario flights = new Scenario(servers, folder, "handed-twice").createTopic();
    flights.send(Flights.random(8, 500, NOW.minus(Duration.ofDays(3)), NOW));
    Map<Integer, Long> cut = Map.of(0, 150L, 1, 150L);
    Lane lane = lane(531, Flights.originDelays(55, "handed-twice"), cut);
    HandOverResult first = flights.run(flights.handOver("t1", NOW, lane));
    HandedOver once = flights.handedOver();

    HandOverResult second = flights.run(flights.handOver("t1", NOW, lane));

    HandedOver twice = flights.handedOver();
    int size = once.bytes().size();
    assertThat(size).isEqualTo(6);
    assertThat(twice.bytes()).hasSize(2 * size);
    assertThat(twice.bytes().subList(0, size)).isEqualTo(once.bytes());
    assertThat(twice.bytes().subList(size, 2 * size))
        .containsExactlyInAnyOrderElementsOf(once.bytes());
    assertThat(twice.records().get(2 * size - 1)).isEqualTo(new AllKeys(531));
    assertThat(second.lanes()).isEqualTo(first.lanes());
    assertThat(first.archivedEvents()).isEqualTo(500);
    assertThat(second.archivedEvents()).isZero();
  }

  @Test
  void idsWhoseCopiesMayStillComeAreHandedOverWithEveryTimeTheyWereSeenAt() throws Exception {
    SourcePlan source = withCopies(Flights.source("handed-ids"), Duration.ofHours(1));
    Scenario flights = new Scenario(servers, folder, "any").readAs(source).createTopic();
    Instant first = NOW.minusSeconds(2400);
    flights.sendInOrder(
        List.of(
            flight(NOW.minus(Duration.ofHours(3)), "ATL", 1L),
            flight(first, "ATL", 2L),
            flight(NOW.minusSeconds(60), "ATL", 2L),
            flight(NOW, "ATL", null),
            flight(NOW.minusSeconds(600), "BOS", 2L),
            flight(NOW.minusSeconds(600), "BOS", 3L)));
    Lane lane = lane(541, counts(56, "handed-ids"), Map.of(0, 5L));

    HandOverResult result = flights.run(flights.handOver("i1", NOW, lane));

    Map<ByteBuffer, KeyHistory> histories = flights.handedOver().histories(541);
    assertThat(result.lanes()).containsExactly(new LaneResult(541, 4, 2));
    assertThat(history(histories, "ATL").ids())
        .containsExactly(
            new SeenId(first.toEpochMilli(), "2"),
            new SeenId(NOW.minusSeconds(60).toEpochMilli(), "2"));
    assertThat(history(histories, "BOS").ids())
        .containsExactly(new SeenId(NOW.minusSeconds(600).toEpochMilli(), "2"));
  }

  @Test
  void anEventThatOneLaneCannotUseIsLeftOutOfThatLaneOnly() throws Exception {
    Scenario flights = new Scenario(servers, folder, "handed-failures").createTopic();
    flights.sendInOrder(
        List.of(flight(NOW.minusSeconds(60), "ATL", 0L), flight(NOW.minusSeconds(50), "ATL", 2L)));
    ViewPlan failing =
        Flights.view(
            57,
            "handed-failures",
            List.of("origin"),
            List.of(new InputPlan("10 / delay", ValueType.INT64)),
            List.of(Flights.feature("n", Aggregation.COUNT, 0, 6, ValueType.INT64)));
    Lane broken = lane(551, failing, Map.of(0, 2L));
    Lane whole = lane(552, counts(58, "handed-failures"), Map.of(0, 2L));

    flights.run(flights.handOver("e1", NOW, broken, whole));

    HandedOver handedOver = flights.handedOver();
    assertThat(countsAsOf(handedOver, broken, NOW)).isEqualTo(Map.of("ATL", 1L));
    assertThat(countsAsOf(handedOver, whole, NOW)).isEqualTo(Map.of("ATL", 2L));
  }

  @Test
  void aCutThatTheTopicDoesNotReachFailsTheRunBeforeAnythingIsSent() throws Exception {
    Scenario flights = new Scenario(servers, folder, "handed-short").createTopic();
    flights.sendInOrder(List.of(flight(NOW, "ATL", 1L)));
    Lane lane = lane(561, counts(59, "handed-short"), Map.of(0, 1L, 1, 12L, 2, 3L));

    assertThatThrownBy(() -> flights.run(flights.handOver("c1", NOW, lane)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "Cannot hand over the records of topic topic-handed-short before offset 12: its"
                + " partition ends at 0, if it was made anew give the lane a new cut")
        .hasMessageContaining("before offset 3")
        .hasMessageNotContaining("before offset 1:");
  }

  @Test
  void aSourceWithoutATopicHasNoHistory() throws Exception {
    Scenario flights = new Scenario(servers, folder, "handed-nothing");
    Lane lane = lane(571, counts(60, "handed-nothing"), Map.of());

    HandOverResult result = flights.run(flights.handOver("n1", NOW, lane));

    assertThat(result).isEqualTo(new HandOverResult("n1", 0, List.of(new LaneResult(571, 0, 0))));
    assertThat(flights.handedOver().records()).containsExactly(new AllKeys(571));
  }

  private static Lane lane(int number, ViewPlan view, Map<Integer, Long> cut) {
    return new Lane(
        new ViewPlan(
            view.view(), view.number(), number, Tier.STREAMING, 2, Phase.BOOTSTRAPPING, false),
        cut);
  }

  private static ViewPlan counts(int number, String source) {
    return counts(number, source, Window.ofMillis(Duration.ofHours(6).toMillis()));
  }

  private static ViewPlan lifetimeCounts(int number, String source) {
    return counts(number, source, Window.LIFETIME);
  }

  private static ViewPlan counts(int number, String source, Window window) {
    FeaturePlan feature =
        new FeaturePlan(
            "departures",
            Aggregation.COUNT,
            FeaturePlan.NO_INPUT,
            window,
            FeatureType.scalar(ValueType.INT64));
    return Flights.view(number, source, List.of("origin"), List.of(feature));
  }

  private static SourcePlan withCopies(SourcePlan plain, Duration within) {
    return new SourcePlan(
        plain.project(),
        plain.name(),
        plain.columns(),
        plain.eventTime(),
        plain.topic(),
        plain.maxDisorderMillis(),
        plain.maxFutureMillis(),
        null,
        new Deduplication("delay", within.toMillis()));
  }

  private static Flight flight(Instant at, String origin, @Nullable Long delay) {
    return new Flight(at, origin, "SFO", delay, 1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static KeyHistory history(Map<ByteBuffer, KeyHistory> histories, String origin) {
    EntityKeyCodec codec = new EntityKeyCodec(counts(1, "any").view().joinKeys());
    return Objects.requireNonNull(
        histories.get(ByteBuffer.wrap(codec.encode(new Object[] {origin}))));
  }

  /** The first feature by origin. */
  private static Map<String, Object> countsAsOf(HandedOver handedOver, Lane lane, Instant asOf) {
    BoundView view = lane.plan().view();
    ViewAggregator kernel = ViewAggregator.of(view);
    EntityKeyCodec codec = new EntityKeyCodec(view.joinKeys());
    Map<String, Object> counts = new HashMap<>();
    handedOver
        .histories(lane.plan().lane())
        .forEach(
            (entity, history) -> {
              KeyTiles tiles = kernel.decode(history.tiles());
              @Nullable Object[] values = kernel.valuesAsOf(tiles, asOf.toEpochMilli());
              counts.put(
                  (String) codec.decode(history.entity())[0], Objects.requireNonNull(values[0]));
            });
    return counts;
  }
}
