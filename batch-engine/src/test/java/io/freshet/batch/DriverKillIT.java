package io.freshet.batch;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.Flights.Flight;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ViewPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A driver that is killed with -9 in its second tick, and run again, ends in the tables and rows
 * that a run without a fault ends in. It is frozen when it seems to be where it should be killed,
 * and killed only if it still is: one that has passed goes on, and another tick is tried.
 */
@Tag("nightly")
@ExtendWith(BatchServers.Extension.class)
class DriverKillIT {
  private static final Instant START = Instant.parse("2026-03-10T14:25:17.250Z");
  private static final Duration TICK = Duration.ofHours(1);
  private static final String MASTER = "local[2]";
  private static final int VIEW = 95;
  private static final int KEYS = 3_000;
  private static final int TRIES = 5;

  /** Where a run is, as its tables and the online store tell. */
  enum Point {
    AFTER_ARCHIVE,
    MID_TILES,
    AFTER_TILES,
    MID_UPSERT,
    AFTER_UPSERT
  }

  private final BatchServers servers;
  private final Path folder;
  private final List<Flight> sent = new ArrayList<>();

  DriverKillIT(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @ParameterizedTest
  @EnumSource(Point.class)
  void aRunThatWasKilledAndRunAgainEndsInTheSameRows(Point point) throws Exception {
    long seed = Long.getLong("freshet.seed", System.nanoTime());
    System.out.printf("%s: seed %d, repeat with -Dfreshet.seed=%d%n", point, seed, seed);
    Random random = new Random(seed);
    String name = "killed_" + point.name().toLowerCase(Locale.ROOT);
    Scenario flights = new Scenario(servers, folder, name).createTopic();
    ViewPlan view = Flights.originDelays(VIEW, name);
    send(flights, random, START);
    flights.run(flights.plan("first", START, 1, view));

    Instant tick = tickThatWasKilled(point, flights, view, random);

    BatchRunPlan again = flights.plan("again", tick, 2, view);
    try (SubmittedJob run = SubmittedJob.start(again, MASTER)) {
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    ServedRows.assertEqual(flights, view, Oracle.rows(view, sent, tick));
    assertThat(flights.table(flights.warehouse().archive(), "_offset")).hasSize(sent.size());
    assertThat(eventsInTiles(flights, view)).isEqualTo(sent.size());
  }

  private Instant tickThatWasKilled(Point point, Scenario flights, ViewPlan view, Random random)
      throws Exception {
    for (int i = 1; i <= TRIES; i++) {
      Instant tick = START.plus(TICK.multipliedBy(i));
      send(flights, random, tick);
      BatchRunPlan plan = flights.plan("killed-" + i, tick, 1, view);
      try (RunProbe probe = new RunProbe(servers, flights, view, keys(), tick);
          SubmittedJob run = SubmittedJob.start(plan, MASTER)) {
        if (wasKilled(point, run, probe)) {
          System.out.printf("%s: killed in try %d%n", point, i);
          return tick;
        }
        assertThat(run.exitCode()).as(run.output()).isZero();
      }
    }
    throw new AssertionError("no driver was caught at " + point + " in " + TRIES + " tries");
  }

  private static boolean wasKilled(Point point, SubmittedJob run, RunProbe probe) throws Exception {
    if (point == Point.MID_UPSERT || point == Point.AFTER_TILES) {
      probe.holdStore(point);
    }
    try {
      while (run.isAlive() && !probe.isAt(point)) {
        Thread.onSpinWait();
      }
      return run.isAlive() && killIfStill(point, run, probe);
    } finally {
      probe.releaseStore();
    }
  }

  private static boolean killIfStill(Point point, SubmittedJob run, RunProbe probe)
      throws Exception {
    run.freeze();
    if (probe.isAt(point)) {
      run.kill();
      return true;
    }
    run.goOn();
    return false;
  }

  private static List<List<String>> keys() {
    return IntStream.range(0, KEYS).mapToObj(i -> List.of("A" + i)).toList();
  }

  /** An event of every key in the hour before the tick. */
  private void send(Scenario flights, Random random, Instant tick) throws Exception {
    List<Flight> some = new ArrayList<>();
    for (List<String> key : keys()) {
      Instant at = tick.minusSeconds(random.nextInt(1, 3_600));
      some.add(new Flight(at, key.get(0), "ATL", random.nextLong(-20, 180), 10));
    }
    flights.send(some);
    sent.addAll(some);
  }

  private long eventsInTiles(Scenario flights, ViewPlan view) {
    return servers
        .spark()
        .read()
        .format("delta")
        .load(flights.warehouse().tiles(view.number()))
        .agg(sum("events"))
        .first()
        .getLong(0);
  }
}
