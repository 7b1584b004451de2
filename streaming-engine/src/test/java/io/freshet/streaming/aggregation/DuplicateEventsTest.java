package io.freshet.streaming.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.ViewPlan;
import io.freshet.streaming.Flights;
import io.freshet.streaming.aggregation.AggregationHarness.Row;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class DuplicateEventsTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final long WITHIN = 8_000;

  /** A window of nine seconds with a hop of one. */
  private static final ViewPlan VIEW = Flights.view("harness", "recent", 1, 9_000);

  @Test
  void aCopyIsDroppedAndAnEventFarEnoughAwayIsNone() throws Exception {
    try (AggregationHarness harness = AggregationHarness.withCopies(VIEW, WITHIN, null)) {
      harness.send("ATL", T0, 1L, "a");
      harness.send("ATL", T0, 1L, "a");
      harness.send("ATL", T0 + WITHIN, 1L, "a");
      harness.send("ATL", T0 + WITHIN, 2L, "b");
      harness.send("BOS", T0, 1L, "a");
      harness.send("ATL", T0, 4L, null);
      harness.send("ATL", T0, 4L, null);

      assertThat(harness.rows()).extracting(row -> row.features()[0]).containsExactly(4L, 1L);

      harness.send("ATL", T0 + 2 * WITHIN, 1L, "a");
      assertThat(harness.rows()).as("near to a copy is a copy").isEmpty();
      harness.send("ATL", T0 + 3 * WITHIN + 1, 1L, "a");
      assertThat(harness.lastRow().features()[0]).isEqualTo(1L);
    }
  }

  @Test
  void aCopyIsKnownAfterARestoreInBetween() throws Exception {
    OperatorSubtaskState checkpoint;
    try (AggregationHarness before = AggregationHarness.withCopies(VIEW, WITHIN, null)) {
      before.send("ATL", T0, 1L, "a");
      before.completeThrough(T0);
      checkpoint = before.checkpoint();
    }
    try (AggregationHarness after = AggregationHarness.withCopies(VIEW, WITHIN, checkpoint)) {
      after.completeThrough(T0);
      after.send("ATL", T0, 1L, "a");
      after.send("ATL", T0 + 1, 1L, "b");

      Row row = after.lastRow();
      assertThat(row.features()[0]).isEqualTo(2L);
      after.completeThrough(T0 + 20_000);
      assertThat(after.keys()).isZero();
      assertThat(after.keysWithIds()).isZero();
      assertThat(after.timers()).isZero();
    }
  }

  @Test
  void idsOutliveTheTilesAndGoWhenNoCopyCanCome() throws Exception {
    try (AggregationHarness harness = AggregationHarness.withCopies(VIEW, 60_000, null)) {
      harness.send("ATL", T0, 1L, "a");
      harness.completeThrough(T0 + 10_000);
      assertThat(harness.keys()).isZero();
      assertThat(harness.keysWithIds()).isEqualTo(1);
      harness.rows();

      harness.send("ATL", T0 + 50_000, 1L, "a");
      assertThat(harness.rows()).isEmpty();
      assertThat(harness.timers()).isEqualTo(1);

      harness.completeThrough(T0 + 50_000 + 60_000);
      assertThat(harness.keysWithIds()).isEqualTo(1);
      harness.completeThrough(T0 + 50_000 + 60_000 + 15_001);
      assertThat(harness.keysWithIds()).isZero();
      assertThat(harness.timers()).isZero();
    }
  }

  /** The end of the first bucket is the time of the first decay, whose timer is then moved. */
  @Test
  void aTimerThatTilesNoLongerNeedStillCleansIds() throws Exception {
    try (AggregationHarness harness = AggregationHarness.withCopies(VIEW, WITHIN, null)) {
      harness.send("ATL", T0, 1L, "a");
      harness.rows();
      assertThat(harness.timers()).as("one for both").isEqualTo(1);
      harness.send("ATL", T0 - 500, 1L, "b");
      harness.rows();
      assertThat(harness.timers()).isEqualTo(2);

      harness.completeThrough(T0 + 10_000);

      assertThat(harness.keysWithIds()).isZero();
      assertThat(harness.keys()).isZero();
      assertThat(harness.lastRow().features()[0]).isEqualTo(0L);
    }
  }

  @Test
  void aTimerOfIdsAloneSendsNoRow() throws Exception {
    ViewPlan hour = Flights.view("harness", "hour", 1, 3_600_000);
    try (AggregationHarness harness = AggregationHarness.withCopies(hour, WITHIN, null)) {
      harness.send("ATL", T0, 1L, "a");
      harness.rows();

      harness.completeThrough(T0 + 60_000);

      assertThat(harness.keysWithIds()).isZero();
      assertThat(harness.rows()).isEmpty();
      assertThat(harness.keys()).isEqualTo(1);
    }
  }

  @Test
  void idsOfAViewThatWentAreFreedWhenATimerIsDue() throws Exception {
    try (AggregationHarness harness = AggregationHarness.withCopies(VIEW, WITHIN, null)) {
      harness.send("ATL", T0, 1L, "a");
      harness.withdraw();

      harness.completeThrough(T0 + 10_000);

      assertThat(harness.keysWithIds()).isZero();
      assertThat(harness.keys()).isZero();
    }
  }
}
