package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.handover.Acknowledgement;
import io.freshet.handover.HandOver.AllKeys;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.oracle.BruteForceOracle;
import io.freshet.oracle.Differential;
import io.freshet.oracle.OracleEvent;
import io.freshet.oracle.SameValue;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A lane that begins anywhere and gets its history handed over against the oracle over all events:
 * every row that it ever sends is right as of its time, of all that had been read by then. Cuts,
 * disorder, copies, restarts at another parallelism and repeated runs are random.
 */
class HandOverDifferentialTest {
  private static final long T0 = 1_700_000_000_000L;
  private static final List<String> ORIGINS = List.of("ATL", "ORD", "DFW", "DEN", "LAX", "JFK");
  private static final int LANE = 7;
  private static final int NUMBER = 3;
  private static final int CASES = 150;

  @Test
  void everyRowOfALaneIsRightAsOfItsTime() throws Exception {
    long seed = System.nanoTime();
    int cases = Math.min(2_000, Integer.getInteger(Differential.CASES, CASES));
    for (int i = 0; i < cases; i++) {
      long one = seed + i;
      try {
        new Case(one).run();
      } catch (AssertionError | Exception e) {
        throw new AssertionError("case of seed " + one, e);
      }
    }
  }

  /** One lane's life. */
  private static final class Case {
    private final Random random;
    private final SourcePlan source;
    private final ViewPlan plan;
    private final Map<String, List<OracleEvent>> read = new HashMap<>();
    private final Map<String, HandOverRun.Ids> ids = new HashMap<>();
    private final Map<String, Upsert> newest = new HashMap<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private int toRead;

    @FunctionalInterface
    private interface Step {
      void take(HandOverStage stage) throws Exception;
    }

    Case(long seed) {
      random = new Random(seed);
      SourcePlan departures = Flights.source("moved");
      source = random.nextInt(3) == 0 ? Flights.withCopies(departures, 1_500) : departures;
      ViewPlan view =
          random.nextInt(4) == 0
              ? Flights.viewOfAllEvents("moved", "recent", NUMBER)
              : Flights.view("moved", "recent", NUMBER, random.nextBoolean() ? 10_000 : 30_000);
      plan =
          new ViewPlan(
              view.view(), NUMBER, LANE, view.tier(), 2, ViewPlan.Phase.BOOTSTRAPPING, false);
    }

    void run() throws Exception {
      try (HandOverStage stage = new HandOverStage(source, List.of(), 2, T0 + 300_000)) {
        appendDepartures(stage);
        readSome(stage, random.nextInt(toRead / 2));
        stage.define(LANE, plan);
        readSome(stage, random.nextInt(toRead / 4));
        stage.checkpoint();
        long[] cut = stage.cut(LANE);
        planHandOver(stage, cut);
        while (!steps.isEmpty()) {
          readSome(stage, random.nextInt(4));
          steps.poll().take(stage);
          check(stage);
        }
        readSome(stage, Integer.MAX_VALUE);
        stage.checkpoint();
        check(stage);
        assertThat(stage.acknowledged().values())
            .anyMatch(Acknowledgement.Settled.class::isInstance);
        assertThat(stage.late()).isZero();
        assertThat(newest.keySet()).isEqualTo(read.keySet());
        newest.forEach(this::assertComplete);
      }
    }

    private void appendDepartures(HandOverStage stage) {
      toRead = 20 + random.nextInt(100);
      long at = T0;
      for (int i = 0; i < toRead; i++) {
        at += random.nextInt(20) == 0 ? 9_000 : random.nextInt(900);
        stage.append(
            new Departure(
                ORIGINS.get(random.nextInt(ORIGINS.size())),
                at - random.nextInt((int) Flights.MAX_DISORDER_MILLIS),
                random.nextInt(5) == 0 ? null : (long) random.nextInt(10)));
      }
    }

    /** A run that may be broken off and repeated, with restarts anywhere. */
    private void planHandOver(HandOverStage stage, long[] cut) {
      List<KeyHistory> histories = new ArrayList<>(stage.histories(plan, cut));
      int runs = 1 + random.nextInt(2);
      for (int run = 0; run < runs; run++) {
        Collections.shuffle(histories, random);
        boolean broken = run < runs - 1 && random.nextBoolean();
        int sent = broken ? random.nextInt(histories.size() + 1) : histories.size();
        histories.subList(0, sent).forEach(one -> steps.add(at -> at.handOver(one)));
        if (!broken) {
          steps.add(at -> at.handOver(new AllKeys(LANE)));
        }
        if (random.nextBoolean()) {
          insertRestart();
        }
      }
    }

    private void insertRestart() {
      int parallelism = 1 + random.nextInt(3);
      List<Step> all = new ArrayList<>(steps);
      all.add(random.nextInt(all.size() + 1), at -> at.restart(parallelism));
      steps.clear();
      steps.addAll(all);
    }

    private void readSome(HandOverStage stage, int count) throws Exception {
      int left = count;
      boolean more = true;
      while (left > 0 && more) {
        int first = random.nextInt(2);
        Departure departure = stage.read(first);
        if (departure == null) {
          departure = stage.read(1 - first);
        }
        more = departure != null;
        if (departure != null) {
          left--;
          remember(departure);
        }
        if (random.nextInt(4) == 0) {
          stage.settle();
        }
        check(stage);
      }
    }

    private void remember(Departure departure) {
      String origin = departure.origin();
      if (ids.computeIfAbsent(origin, none -> new HandOverRun.Ids(source)).counts(departure)) {
        read.computeIfAbsent(origin, none -> new ArrayList<>())
            .add(new OracleEvent(departure.atMillis(), new @Nullable Object[] {departure.delay()}));
      }
    }

    private void check(HandOverStage stage) {
      for (Upsert row : stage.newRows()) {
        String origin = origin(row);
        assertRight(origin, row);
        newest.merge(
            origin,
            row,
            (one, other) -> one.version().compareTo(other.version()) > 0 ? one : other);
      }
    }

    private void assertRight(String origin, Upsert row) {
      assertThat(row.view()).isEqualTo(NUMBER);
      Version version = row.version();
      @Nullable Object[] values =
          new RowCodec(plan.view().rowTypes()).decode(ByteBuffer.wrap(row.row()));
      @Nullable Object[] features = Arrays.copyOfRange(values, 1, values.length);
      @Nullable Object[] expected =
          BruteForceOracle.valuesAsOf(
              plan.view(), read.getOrDefault(origin, List.of()), version.asOfMillis());
      assertThat(SameValue.allSame(features, expected))
          .as(
              "%s as of T0%+d: %s should be %s",
              origin,
              version.asOfMillis() - T0,
              Arrays.toString(features),
              Arrays.toString(expected))
          .isTrue();
    }

    /** The row has the newest event, and all of the key's events that a window holds. */
    private void assertComplete(String origin, Upsert row) {
      long last =
          read.getOrDefault(origin, List.of()).stream()
              .mapToLong(OracleEvent::timeMillis)
              .max()
              .orElseThrow();
      Object shown = new RowCodec(plan.view().rowTypes()).decode(ByteBuffer.wrap(row.row()))[0];
      assertRight(origin, row);
      assertThat(shown).as("newest of %s", origin).isEqualTo(Instant.ofEpochMilli(last));
    }

    private String origin(Upsert row) {
      return String.valueOf(
          new EntityKeyCodec(plan.view().joinKeys()).decode(row.entity().key())[0]);
    }
  }
}
