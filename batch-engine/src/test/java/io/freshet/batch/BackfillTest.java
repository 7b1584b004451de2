package io.freshet.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.freshet.batch.Flights.Flight;
import io.freshet.batch.archive.ArrivedRecords;
import io.freshet.batch.backfill.Backfill;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.SparkValues;
import io.freshet.plan.BackfillPlan;
import io.freshet.plan.BackfillPlan.Aim;
import io.freshet.plan.BackfillPlan.Ranges;
import io.freshet.plan.BackfillResult.Cost;
import io.freshet.plan.BackfillResult.ViewResult;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.ViewPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of past ticks in a view's feature log. */
@ExtendWith(BatchServers.Extension.class)
class BackfillTest {
  private static final long SEED = 20260303; // Of every random event here, unless a test has one.
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant NOW = START.plus(Duration.ofDays(9)).plusSeconds(1_234);
  private static final Duration HOUR = Duration.ofHours(1);

  private final BatchServers servers;
  private final Path folder;

  BackfillTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {20261125, 20261126})
  void everyTickOfARangeHasTheRowsOfTheOracle(long seed) {
    Random random = new Random(seed);
    Scenario flights = scenario("ticks_" + seed);
    ViewPlan view = Flights.originDelays(71, flights.source().name());
    List<Flight> events = Flights.random(seed, 150, START, NOW);
    archive(flights, events);
    Instant from = START.plusSeconds(random.nextLong(Duration.ofDays(4).toSeconds()));
    Instant to = from.plusSeconds(random.nextLong(3_600, Duration.ofDays(5).toSeconds()));

    ViewResult result = run(plan(flights, "range", view, from, to));

    assertThat(result.ticks()).isEqualTo(ticks(from, to).size());
    List<Row> log = log(flights, view);
    assertThat(result.rows()).isEqualTo(log.size()).isPositive();
    assertThat(log)
        .allMatch(row -> ticks(from, to).contains(row.<Instant>getAs("as_of")))
        .allMatch(row -> row.<Long>getAs("sequence") == 0);
    assertValuesAtTicks(view, log, events, ticks(from, to));
    assertNoRowRepeatsTheOneBefore(log);
  }

  @Test
  void aRunThatStoppedBetweenChunksGoesOnWhereItWas() {
    Scenario flights = scenario("stopped");
    ViewPlan view = Flights.routeDelays(72, "stopped");
    List<Flight> events = Flights.random(SEED, 120, START, NOW);
    archive(flights, events);
    Instant from = START.plus(Duration.ofDays(2)).plus(HOUR);
    Instant half = START.plus(Duration.ofDays(3));
    Instant to = half.plus(Duration.ofHours(6));
    ViewPlan inOneGo = Flights.routeDelays(73, "stopped");
    ViewResult first = run(plan(flights, "run", view, from, half));
    long version = version(flights, view);

    ViewResult second = run(plan(flights, "run", view, from, to));
    ViewResult again = run(plan(flights, "run", view, from, to));
    ViewResult whole = run(plan(flights, "whole", inOneGo, from, to));

    assertThat(List.of(first.chunks(), second.chunks(), again.chunks(), whole.chunks()))
        .containsExactly(1, 1, 0, 2);
    assertThat(List.of(first.chunksDone(), second.chunksDone(), again.chunksDone()))
        .containsExactly(0, 1, 2);
    assertThat(second.rows()).isEqualTo(again.rows()).isEqualTo(whole.rows());
    assertThat(version(flights, view)).isEqualTo(version + 1);
    assertThat(texts(log(flights, view))).isEqualTo(texts(log(flights, inOneGo)));
  }

  @Test
  void whatIsMissingEndsAtTheViewsOwnFirstTickAndHasNothingTwice() throws Exception {
    Scenario flights = scenario("missing").createTopic();
    ViewPlan view = Flights.routeDelays(74, "missing");
    List<Flight> events = Flights.random(SEED, 120, START, NOW);
    flights.send(events);
    Instant own = NOW.minus(Duration.ofHours(40));
    flights.run(flights.plan("own", own, 1, view));
    List<Row> ownRows = log(flights, view);
    Instant from = own.minus(Duration.ofHours(30));
    Instant mid = own.minus(Duration.ofHours(20));

    run(plan(flights, "early", view, from, mid));
    ViewResult rest = run(plan(flights, "rest", view, from, NOW));
    ViewResult nothing = run(plan(flights, "nothing", view, from, NOW));

    assertThat(rest.ticks()).isEqualTo(20);
    assertThat(rest.ownFromMillis()).isEqualTo(ticks(own, NOW).get(0).toEpochMilli());
    assertThat(nothing.chunks()).isZero();
    assertThat(nothing.rows()).isZero();
    List<Row> log = log(flights, view);
    assertThat(log).containsAll(ownRows);
    assertThat(log.stream().filter(row -> row.<Long>getAs("sequence") > 0)).hasSameSizeAs(ownRows);
    assertValuesAtTicks(view, log, events, ticks(from, own));

    flights.run(flights.plan("next", NOW, 1, view));

    ServedRows.assertEqual(flights, view, Oracle.rows(view, events, NOW));
  }

  @Test
  void allRangesAreComputedAgainUpToTheNewestOwnTick() throws Exception {
    Scenario flights = scenario("all").createTopic();
    ViewPlan view = Flights.routeDelays(75, "all");
    List<Flight> events = new ArrayList<>(Flights.random(SEED, 60, START, NOW));
    flights.send(events);
    Instant first = NOW.minus(Duration.ofHours(9));
    flights.run(flights.plan("first", first, 1, view));
    List<Flight> late = Flights.random(SEED + 1, 60, START, first);
    flights.send(late);
    events.addAll(late);
    flights.run(flights.plan("newest", NOW, 1, view));
    List<Row> newest = at(log(flights, view), NOW);
    Instant from = first.minus(Duration.ofHours(12));

    ViewResult result =
        run(plan(flights, "a", view, from, NOW.plusSeconds(9_999), Ranges.ALL, Aim.ROWS));

    List<Row> log = log(flights, view);
    assertThat(result.ownFromMillis()).isEqualTo(ticks(NOW, NOW.plus(HOUR)).get(0).toEpochMilli());
    assertThat(at(log, first)).isEmpty();
    assertThat(at(log, NOW)).isEqualTo(newest).isNotEmpty();
    assertValuesAtTicks(view, log, events, ticks(from, NOW));
  }

  @Test
  void rowsThatNobodyServedDoNotCountAsServed() throws Exception {
    Scenario flights = scenario("unserved").createTopic();
    ViewPlan view = Flights.originDelays(76, "unserved");
    List<Flight> events = Flights.random(SEED, 80, START, NOW.minus(Duration.ofHours(3)));
    flights.send(events);
    flights.run(flights.plan("died", NOW.minus(Duration.ofHours(2)), 1, view));
    // As if it had died before it served anything: its tiles are there, and no row of the log.
    DeltaTable.forPath(servers.spark(), flights.warehouse().featureLog(76)).delete();
    run(plan(flights, "filled", view, NOW.minus(Duration.ofHours(5)), NOW));

    BatchRunResult next = flights.run(flights.plan("next", NOW.plusSeconds(1), 1, view));

    assertThat(next.views().get(0).rows())
        .isEqualTo(Oracle.rows(view, events, NOW.plusSeconds(1)).size())
        .isPositive();
  }

  @Test
  void anEstimateSaysWhatIsReadAndWritesNoRow() {
    Scenario flights = scenario("estimated");
    ViewPlan view = Flights.routeDelays(77, "estimated");
    archive(flights, Flights.random(SEED, 300, START, NOW));
    Instant from = START.plus(Duration.ofDays(3));
    Instant to = from.plus(Duration.ofDays(2));

    ViewResult estimate = run(plan(flights, "e", view, from, to, Ranges.MISSING, Aim.ESTIMATE));

    assertThat(log(flights, view)).isEmpty();
    assertThat(Path.of(flights.warehouse().scratch("e"))).doesNotExist();
    assertThat(estimate.chunks()).isEqualTo(2);
    assertThat(estimate.ticks()).isEqualTo(48);
    Cost cost = requireNonNull(estimate.cost());
    assertThat(cost.events()).isBetween(100L, 200L);
    assertThat(cost.bytes()).isPositive();
    assertThat(cost.sampleCpuSeconds()).isPositive();
    assertThat(cost.cpuSeconds()).isGreaterThan(cost.sampleCpuSeconds());
  }

  private Scenario scenario(String name) {
    return new Scenario(servers, folder, name);
  }

  private void archive(Scenario flights, List<Flight> events) {
    ArrivedRecords.write(
        ArrivedRecords.archived(
            servers.spark(),
            flights.source(),
            events.stream().map(event -> event.json().getBytes(StandardCharsets.UTF_8)).toList(),
            NOW),
        flights.warehouse().archive());
  }

  private BackfillPlan plan(
      Scenario flights, String runId, ViewPlan view, Instant from, Instant to) {
    return plan(flights, runId, view, from, to, Ranges.MISSING, Aim.ROWS);
  }

  private BackfillPlan plan(
      Scenario flights,
      String runId,
      ViewPlan view,
      Instant from,
      Instant to,
      Ranges ranges,
      Aim aim) {
    return new BackfillPlan(
        runId,
        flights.source(),
        List.of(view),
        from.toEpochMilli(),
        to.toEpochMilli(),
        ranges,
        aim,
        folder.resolve("warehouse").toString(),
        folder.resolve(runId + ".json").toString());
  }

  private ViewResult run(BackfillPlan plan) {
    List<ViewResult> views = Backfill.run(servers.spark(), plan).views();
    assertThat(views).hasSize(1);
    return views.get(0);
  }

  private List<Row> log(Scenario flights, ViewPlan view) {
    return flights.table(flights.warehouse().featureLog(view.number()), "as_of");
  }

  private long version(Scenario flights, ViewPlan view) {
    return new DeltaFolder(servers.spark(), flights.warehouse().featureLog(view.number()))
        .state()
        .version();
  }

  /** The full hours from a time on, before another. */
  private static List<Instant> ticks(Instant from, Instant to) {
    List<Instant> ticks = new ArrayList<>();
    long hour = HOUR.toMillis();
    long first = -Math.floorDiv(-from.toEpochMilli(), hour) * hour;
    for (long tick = first; tick < to.toEpochMilli(); tick += hour) {
      ticks.add(Instant.ofEpochMilli(tick));
    }
    return ticks;
  }

  private static List<Row> at(List<Row> log, Instant asOf) {
    return log.stream().filter(row -> row.<Instant>getAs("as_of").equals(asOf)).toList();
  }

  /** What a reader finds at a tick, the newest row of each key, is what the oracle has. */
  private static void assertValuesAtTicks(
      ViewPlan view, List<Row> log, List<Flight> events, List<Instant> ticks) {
    Map<List<String>, List<@Nullable Object>> newest = new HashMap<>();
    for (Instant tick : ticks) {
      at(log, tick).forEach(row -> newest.put(key(row), values(row)));
      Map<List<String>, List<@Nullable Object>> expected = Oracle.rows(view, events, tick);
      Map<List<String>, List<@Nullable Object>> held = new HashMap<>(newest);
      held.keySet().retainAll(expected.keySet());
      ServedRows.assertSame(held, expected);
      newest.forEach(
          (key, row) -> {
            if (!expected.containsKey(key)) {
              assertThat(isEmpty(row)).as("%s at %s: %s", key, tick, row).isTrue();
            }
          });
    }
  }

  /** Counts are 0 and all other features null. */
  private static boolean isEmpty(List<@Nullable Object> row) {
    return row.subList(1, row.size()).stream().allMatch(value -> value == null || value.equals(0L));
  }

  private static void assertNoRowRepeatsTheOneBefore(List<Row> log) {
    Map<List<String>, List<@Nullable Object>> newest = new HashMap<>();
    log.stream()
        .sorted(Comparator.comparing(row -> row.<Instant>getAs("as_of")))
        .forEach(row -> assertThat(newest.put(key(row), values(row))).isNotEqualTo(values(row)));
  }

  private static List<String> key(Row row) {
    Row keys = row.getAs("keys");
    List<String> key = new ArrayList<>();
    for (int i = 0; i < keys.length(); i++) {
      key.add(keys.getString(i));
    }
    return key;
  }

  private static List<@Nullable Object> values(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(row.<Instant>getAs("newest_event"));
    Row features = row.getAs("features");
    for (int i = 0; i < features.length(); i++) {
      values.add(SparkValues.fromSpark(features.get(i)));
    }
    return values;
  }

  private static List<String> texts(List<Row> log) {
    return log.stream().map(Row::toString).sorted().toList();
  }
}
