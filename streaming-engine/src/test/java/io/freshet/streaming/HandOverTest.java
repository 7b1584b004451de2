package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.handover.Acknowledgement.Cut;
import io.freshet.handover.Acknowledgement.Settled;
import io.freshet.handover.HandOver.AllKeys;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Upsert;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One lane of ten seconds that begins while departures are read, step by step. */
@SuppressWarnings("NullAway.Init") // Each test opens the stage.
class HandOverTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final int LANE = 7;
  private static final ViewPlan VIEW = Flights.view("moved", "recent", 3, 10_000);
  private static final ViewPlan PLAN =
      new ViewPlan(VIEW.view(), 3, LANE, VIEW.tier(), 2, ViewPlan.Phase.BOOTSTRAPPING, false);

  private HandOverStage stage;

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void aKeyShowsNoRowBeforeItsHistoryAndTheRightOneWithIt() throws Exception {
    open();
    read("ATL", 0, 1L);
    stage.define(LANE, PLAN);
    read("ATL", 500, 2L);
    assertThat(counts()).isEmpty();

    handOver();
    assertThat(counts()).containsEntry("ATL", 2L);
    read("ATL", 700, 2L);
    assertThat(counts()).containsEntry("ATL", 3L);
  }

  @Test
  void keysWithoutAHistoryShowTheirRowsWhenAllHistoriesHaveCome() throws Exception {
    open();
    stage.define(LANE, PLAN);
    read("ATL", 0, 1L);
    assertThat(counts()).isEmpty();

    stage.handOver(new AllKeys(LANE));
    assertThat(counts()).containsEntry("ATL", 1L);
    read("BOS", 100, 1L);
    assertThat(counts()).as("known to have none").containsEntry("BOS", 1L);
  }

  @Test
  void aRepeatedHandOverChangesNothing() throws Exception {
    open();
    read("ATL", 0, 1L);
    read("BOS", 10, 1L);
    stage.define(LANE, PLAN);
    read("ATL", 500, 2L);
    List<KeyHistory> histories = handOver();
    assertThat(counts()).isEqualTo(Map.of("ATL", 2L, "BOS", 1L));

    for (KeyHistory history : histories) {
      stage.handOver(history);
    }
    stage.handOver(new AllKeys(LANE));
    read("ATL", 600, 1L);
    assertThat(counts()).isEqualTo(Map.of("ATL", 3L));
  }

  @Test
  void cutsAndSettlementAreAcknowledgedWithACheckpointAndAgainAfterARestart() throws Exception {
    open();
    read("ATL", 0, 1L);
    stage.define(LANE, PLAN);
    assertThat(stage.acknowledged()).isEmpty();
    stage.checkpoint();
    int partition = stage.partitionOf("ATL");
    Cut cut = new Cut(LANE, partition, 1);
    Cut other = new Cut(LANE, 1 - partition, 0);
    assertThat(stage.acknowledged().values()).containsExactlyInAnyOrder(cut, other);

    handOver();
    stage.restart(2);
    stage.checkpoint();
    assertThat(stage.acknowledged().values())
        .containsExactlyInAnyOrder(cut, other, new Settled(LANE, 0, 2), new Settled(LANE, 1, 2));

    stage.define(LANE, null);
    stage.restart(1);
    stage.checkpoint();
    assertThat(stage.acknowledged()).isEmpty();
  }

  @Test
  void whatTheJobBeginsWithCountsEverythingAndAcknowledgesNothing() throws Exception {
    stage = new HandOverStage(Flights.source("moved"), List.of(VIEW), 2, T0 + 60_000);
    read("ATL", 0, 1L);
    assertThat(counts()).containsEntry("ATL", 1L);
    stage.checkpoint();
    stage.restart(2);
    read("ATL", 10, 1L);
    assertThat(counts()).containsEntry("ATL", 2L);
    stage.checkpoint();
    assertThat(stage.acknowledged()).isEmpty();
  }

  @Test
  void aLaneThatWasLiveButIsNotKnownWaitsForItsHistory() throws Exception {
    open();
    read("ATL", 0, 1L);
    stage.define(LANE, Lanes.in(ViewPlan.Phase.LIVE, PLAN));
    read("ATL", 100, 1L);
    assertThat(counts()).isEmpty();
    handOver();
    assertThat(counts()).containsEntry("ATL", 2L);
  }

  @Test
  void whatIsHandedOverWaitsForADefinitionThatIsOnItsWay() throws Exception {
    open();
    read("ATL", 0, 1L);
    List<KeyHistory> histories = stage.histories(PLAN, cutAfter("ATL", 1));
    stage.handOver(histories.get(0));
    stage.handOver(new AllKeys(LANE));
    stage.restart(2);
    stage.define(LANE, PLAN);
    read("ATL", 100, 1L);
    read("BOS", 110, 1L);

    assertThat(counts()).isEqualTo(Map.of("ATL", 2L, "BOS", 1L));
  }

  @Test
  void aHistoryOfEmptyWindowsGivesTheEmptyRow() throws Exception {
    open();
    read("ATL", 0, 1L);
    stage.define(LANE, PLAN);
    read("BOS", 30_000, 1L);
    read("ORD", 30_000, 1L);
    stage.settle();
    handOver();
    assertThat(counts()).containsEntry("ATL", 0L);
    assertThat(stage.keys()).as("without the empty one").isEqualTo(2);
  }

  @Test
  void anAwaitingKeyOutlivesItsWindowsAndThenShowsThatTheyAreEmpty() throws Exception {
    open();
    stage.define(LANE, PLAN);
    read("ATL", 0, 1L);
    read("BOS", 30_000, 1L);
    read("ORD", 30_000, 1L);
    stage.settle();
    assertThat(stage.keys()).isEqualTo(3);
    stage.handOver(new AllKeys(LANE));
    assertThat(counts()).isEqualTo(Map.of("ATL", 0L, "BOS", 1L, "ORD", 1L));
    assertThat(stage.keys()).isEqualTo(2);
  }

  @Test
  void aLateEventBehindTheCutIsLeftOut() throws Exception {
    open();
    stage.define(LANE, PLAN);
    read("ATL", 8_000, 1L);
    read("BOS", 8_000, 1L);
    read("ORD", 8_000, 1L);
    stage.settle();
    read("ATL", 5_000, 1L);
    stage.handOver(new AllKeys(LANE));
    assertThat(stage.late()).isEqualTo(1);
    assertThat(counts()).containsEntry("ATL", 1L);
  }

  @Test
  void aCopyOfAnEventBeforeTheCutIsDroppedAndHeldEventsEnterInTheirOrder() throws Exception {
    SourcePlan copies = Flights.withCopies(Flights.source("moved"), 5_000);
    stage = new HandOverStage(copies, List.of(), 2, T0 + 60_000);
    read("ATL", 0, 1L);
    stage.define(LANE, PLAN);
    read("ATL", 1_000, 1L);
    read("ATL", 1_100, 2L);
    read("ATL", 1_200, 2L);
    stage.restart(2);
    assertThat(counts()).isEmpty();

    stage.handOver(stage.histories(PLAN, cutAfter("ATL", 1)).get(0));
    assertThat(counts()).containsEntry("ATL", 2L);
    read("ATL", 1_300, 1L);
    read("ATL", 1_400, 3L);
    assertThat(counts()).containsEntry("ATL", 3L);
  }

  @Test
  void aHistoryThatCannotBeUsedKeepsTheLaneFromSettling() throws Exception {
    open();
    stage.define(LANE, PLAN);
    read("BOS", 0, 1L);
    byte[] key = new EntityKeyCodec(PLAN.view().joinKeys()).encode(new Object[] {"ATL"});
    stage.handOver(new KeyHistory(LANE, key, new byte[] {9}, List.of()));
    stage.handOver(new AllKeys(LANE));
    stage.checkpoint();
    assertThat(counts()).isEmpty();
    assertThat(stage.acknowledged().values()).noneMatch(Settled.class::isInstance);
  }

  @Test
  void aLaneThatEndsBeforeItSettledLeavesNothing() throws Exception {
    open();
    stage.define(LANE, PLAN);
    read("ATL", 0, 1L);
    read("BOS", 0, 1L);
    assertThat(stage.keys()).isEqualTo(2);
    stage.define(LANE, null);
    assertThat(stage.keys()).isZero();
    assertThat(counts()).isEmpty();
  }

  @Test
  void aViewThatIsShedGetsNoEvents() throws Exception {
    stage = new HandOverStage(Flights.source("moved"), List.of(VIEW), 2, T0 + 60_000);
    read("ATL", 0, 1L);
    assertThat(counts()).containsEntry("ATL", 1L);
    stage.define(VIEW.lane(), shedding(true));
    read("ATL", 100, 1L);
    assertThat(counts()).isEmpty();
    stage.define(VIEW.lane(), shedding(false));
    read("ATL", 200, 1L);
    assertThat(counts()).containsEntry("ATL", 2L);
  }

  private static ViewPlan shedding(boolean shedding) {
    return new ViewPlan(VIEW.view(), 3, VIEW.lane(), VIEW.tier(), 1, ViewPlan.Phase.LIVE, shedding);
  }

  private void open() throws Exception {
    stage = new HandOverStage(Flights.source("moved"), List.of(), 2, T0 + 60_000);
  }

  private void read(String origin, long afterT0, Long delay) throws Exception {
    stage.append(new Departure(origin, T0 + afterT0, delay));
    stage.read(stage.partitionOf(origin));
  }

  /** Runs the hand-over from what was acknowledged. */
  private List<KeyHistory> handOver() throws Exception {
    stage.checkpoint();
    List<KeyHistory> histories = stage.histories(PLAN, stage.cut(LANE));
    for (KeyHistory history : histories) {
      stage.handOver(history);
    }
    stage.handOver(new AllKeys(LANE));
    return histories;
  }

  private long[] cutAfter(String origin, long records) {
    long[] cut = new long[2];
    cut[stage.partitionOf(origin)] = records;
    return cut;
  }

  /** The count in the newest of the rows since the last time, by origin. */
  private Map<String, Long> counts() throws Exception {
    stage.passTime(50);
    Map<String, Long> counts = new TreeMap<>();
    for (Upsert row : stage.newRows()) {
      Object[] values = new RowCodec(PLAN.view().rowTypes()).decode(ByteBuffer.wrap(row.row()));
      String origin =
          String.valueOf(new EntityKeyCodec(PLAN.view().joinKeys()).decode(row.entity().key())[0]);
      assertThat(values).as(Arrays.toString(values)).hasSize(5);
      counts.put(origin, (Long) values[1]);
    }
    return counts;
  }
}
