package io.freshet.streaming.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Rejection;
import io.freshet.plan.BoundView;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Version;
import io.freshet.streaming.Flights;
import io.freshet.streaming.aggregation.AggregationHarness.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class TileAggregationTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final long SECOND = 1_000;

  /** A window of ten seconds with a hop of one. */
  private static final ViewPlan VIEW = Flights.view("harness", "recent", 1, 10 * SECOND);

  @Test
  void sendsTheRowAsOfJustAfterTheNewestEvent() throws Exception {
    try (AggregationHarness harness = AggregationHarness.of(VIEW)) {
      List<Row> rows = new ArrayList<>();
      harness.send("ATL", T0 + 500, 10L);
      rows.addAll(harness.rows());
      harness.send("ATL", T0 + 2_500, 20L);
      rows.addAll(harness.rows());
      harness.send("ATL", T0 + 1_500, 60L);
      rows.addAll(harness.rows());

      assertThat(rows)
          .extracting(Row::version)
          .containsExactly(
              new Version(1, T0 + 501, 1),
              new Version(1, T0 + 2_501, 2),
              new Version(1, T0 + 2_501, 3));
      assertThat(rows.get(2).features()).containsExactly(3L, 90L, 30.0, 60L);
      assertThat(rows.get(2).newestEventMillis()).isEqualTo(T0 + 2_500);
    }
  }

  @Test
  void goesOnInMidWindowFromACheckpoint() throws Exception {
    OperatorSubtaskState checkpoint;
    try (AggregationHarness before = AggregationHarness.of(VIEW)) {
      before.send("ATL", T0, 10L);
      before.send("ATL", T0 + 3_000, 20L);
      before.completeThrough(T0 + 4_000);
      checkpoint = before.checkpoint();
    }
    try (AggregationHarness after = AggregationHarness.restored(VIEW, checkpoint)) {
      after.completeThrough(T0 + 4_000);
      after.send("ATL", T0 + 5_000, 30L);
      assertThat(after.lastRow().features()).containsExactly(3L, 60L, 20.0, 30L);

      after.completeThrough(T0 + 11_000);
      assertThat(after.lastRow().features()).containsExactly(2L, 50L, 25.0, 30L);
      after.completeThrough(T0 + 20_000);
      assertThat(after.lastRow().features()).containsExactly(0L, null, null, null);
      assertThat(after.keys()).isZero();
    }
  }

  @Test
  void decaysWithoutAnEventAndThenFreesItsState() throws Exception {
    try (AggregationHarness harness = AggregationHarness.of(VIEW)) {
      harness.send("ATL", T0 + 500, 10L);
      harness.send("ATL", T0 + 4_500, 20L);
      harness.rows();

      harness.completeThrough(T0 + 10_999);
      assertThat(harness.rows()).isEmpty();
      harness.completeThrough(T0 + 11_000);
      Row decayed = harness.lastRow();
      assertThat(decayed.version()).isEqualTo(new Version(1, T0 + 11_000, 2));
      assertThat(decayed.features()).containsExactly(1L, 20L, 20.0, 20L);

      harness.completeThrough(T0 + 15_000);
      Row empty = harness.lastRow();
      assertThat(empty.version()).isEqualTo(new Version(1, T0 + 15_000, 2));
      assertThat(empty.features()).containsExactly(0L, null, null, null);
      assertThat(empty.newestEventMillis()).isEqualTo(T0 + 4_500);
      assertThat(harness.keys()).isZero();
      assertThat(harness.timers()).isZero();
    }
  }

  @Test
  void anEventBehindTheAllowedLatenessIsADeadLetterAndOneWithinItCounts() throws Exception {
    ViewPlan patient = withLateness(VIEW, 2_000);
    try (AggregationHarness harness = AggregationHarness.of(patient)) {
      harness.send("ATL", T0 + 5_000, 1L);
      harness.completeThrough(T0 + 5_000);
      harness.send("ATL", T0 + 3_000, 2L);
      harness.send("ATL", T0 + 2_999, 3L);

      assertThat(harness.lastRow().features()[0]).isEqualTo(2L);
      assertThat(harness.deadLetters())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.view()).isEqualTo("recent");
                assertThat(letter.rejection().kind()).isEqualTo(Rejection.Kind.LATE);
                assertThat(letter.rejection().reason())
                    .startsWith("Cannot count the event: its time 2023-11-14T22:13:22.999Z");
                assertThat(letter.record().offset()).isEqualTo(7);
              });
    }
  }

  @Test
  void aLateEventThatRevivesAFreedKeyIsNewerThanTheKeysLastRow() throws Exception {
    ViewPlan patient = withLateness(VIEW, 5_000);
    try (AggregationHarness harness = AggregationHarness.of(patient)) {
      harness.send("ATL", T0, 1L);
      harness.send("ATL", T0, 1L);
      harness.completeThrough(T0 + 11_000);
      Version last = harness.lastRow().version();
      assertThat(harness.keys()).isZero();

      harness.send("ATL", T0 + 6_000, 5L);

      Row revived = harness.lastRow();
      assertThat(revived.version()).isGreaterThan(last);
      assertThat(revived.features()).containsExactly(1L, 5L, 5.0, 5L);
      harness.completeThrough(T0 + 17_000);
      assertThat(harness.lastRow().features()).containsExactly(0L, null, null, null);
      assertThat(harness.keys()).isZero();
    }
  }

  @Test
  void anEventOlderThanEveryWindowChangesNothing() throws Exception {
    ViewPlan patient = withLateness(VIEW, 60_000);
    try (AggregationHarness harness = AggregationHarness.of(patient)) {
      harness.completeThrough(T0);
      harness.send("ATL", T0 - 30_000, 1L);

      assertThat(harness.rows()).isEmpty();
      assertThat(harness.keys()).isZero();
      assertThat(harness.deadLetters()).isEmpty();
    }
  }

  @Test
  void aKeyWhoseEventsRunAheadOfTheWatermarkStaysSmall() throws Exception {
    try (AggregationHarness harness = AggregationHarness.of(VIEW)) {
      harness.send("ATL", T0, 1L);
      for (int second = 1; second < 2_000; second++) {
        harness.send("ATL", T0 + second * SECOND, 1L);
      }
      assertThat(harness.lastRow().features()[0]).isEqualTo(11L);
      assertThat(harness.timers()).isEqualTo(1);

      harness.completeThrough(T0 + 2_010 * SECOND);
      assertThat(harness.keys()).isZero();
    }
  }

  @Test
  void whatIsOverAllEventsIsKeptWithoutATimerUntilItsViewGoes() throws Exception {
    try (AggregationHarness harness =
        AggregationHarness.of(Flights.viewOfAllEvents("p", "ever", 9))) {
      harness.send("ATL", T0, 1L);
      harness.send("BOS", T0 + SECOND, 5L);
      harness.completeThrough(T0 + 400L * 86_400 * SECOND);
      harness.send("ATL", T0 + 400L * 86_400 * SECOND, 3L);

      assertThat(harness.lastRow().features()).containsExactly(2L, 4L, 2.0, 3L);
      assertThat(harness.keys()).isEqualTo(2);
      assertThat(harness.timers()).isZero();

      harness.withdraw();
      assertThat(harness.keys()).isZero();
    }
  }

  @Test
  void stateOfAViewThatWentIsFreedWhenItsTimerIsDue() throws Exception {
    try (AggregationHarness harness = AggregationHarness.of(VIEW)) {
      harness.send("ATL", T0, 1L);
      assertThat(harness.keys()).isEqualTo(1);
      harness.withdraw();
      harness.rows();
      assertThat(harness.keys()).isEqualTo(1);

      harness.completeThrough(T0 + 11_000);

      assertThat(harness.keys()).isZero();
      assertThat(harness.rows()).isEmpty();
    }
  }

  @Test
  void anEventWaitsForAViewThatIsStillOnItsWay() throws Exception {
    try (AggregationHarness harness = AggregationHarness.without(VIEW)) {
      harness.send("ATL", T0, 1L);
      harness.send("ATL", T0 + 1, 2L);
      assertThat(harness.rows()).isEmpty();

      harness.publish();
      harness.allKeys();
      harness.send("ATL", T0 + 2, 3L);
      harness.passTime(KeyEvents.DEFINITION_WAIT_MILLIS);

      assertThat(harness.lastRow().features()).containsExactly(3L, 6L, 2.0, 3L);
    }
  }

  /** The first run is stopped anywhere; the second has the events in another order, and all. */
  @Test
  void theRowWithAllEventsWinsOverEveryRowOfAnInterruptedRun() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        times.add(T0 + random.nextInt(12_000));
      }
      List<Row> sent = new ArrayList<>();
      try (AggregationHarness interrupted = AggregationHarness.of(VIEW)) {
        Collections.shuffle(times, random);
        for (long time : times.subList(0, 1 + random.nextInt(times.size()))) {
          interrupted.send("ATL", time, time - T0);
          sent.addAll(interrupted.rows());
        }
      }
      Row last;
      try (AggregationHarness replay = AggregationHarness.of(VIEW)) {
        Collections.shuffle(times, random);
        for (long time : times) {
          replay.send("ATL", time, time - T0);
          sent.addAll(replay.rows());
        }
        last = sent.get(sent.size() - 1);
      }
      Row winner = sent.stream().max(Comparator.comparing(Row::version)).orElseThrow();
      assertThat(winner.version()).as("seed %d round %d", seed, round).isEqualTo(last.version());
      assertThat(winner.features())
          .as("seed %d round %d", seed, round)
          .usingElementComparator(TileAggregationTest::closely)
          .containsExactly(last.features());
    }
  }

  private static int closely(Object one, Object other) {
    if (one instanceof Double a && other instanceof Double b) {
      return Math.abs(a - b) <= 1e-9 * Math.abs(b) ? 0 : Double.compare(a, b);
    }
    return one.equals(other) ? 0 : 1;
  }

  private static ViewPlan withLateness(ViewPlan plan, long millis) {
    BoundView view = plan.view();
    return ViewPlan.live(
        new BoundView(
            view.project(),
            view.name(),
            view.entity(),
            view.joinKeys(),
            view.source(),
            view.keyColumns(),
            view.filter(),
            view.inputs(),
            view.features(),
            view.delivery(),
            view.ttlMillis(),
            millis,
            view.maxStalenessMillis()),
        plan.number(),
        plan.tier(),
        plan.epoch());
  }
}
