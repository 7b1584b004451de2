package io.freshet.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.freshet.batch.Flights.Flight;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.BatchRunResult.Reading;
import io.freshet.plan.BatchRunResult.ViewResult;
import io.freshet.plan.ViewPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that read only what is new serve what a computation from all events would. */
@ExtendWith(BatchServers.Extension.class)
class IncrementalRunTest {
  private static final Instant START = Instant.parse("2026-03-10T14:25:17.250Z");
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(7), Duration.ofHours(26));
  private static final int TICKS = 3;

  private final BatchServers servers;
  private final Path folder;

  IncrementalRunTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 20261123)
  void ticksOverWhatIsNewEndWhereOneOverAllEventsDoes(long seed) throws Exception {
    tickAndCompare(seed);
  }

  @Tag("nightly")
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {20261124, 20261125, 20261126})
  void moreTicksOverWhatIsNewEndWhereOneOverAllEventsDoes(long seed) throws Exception {
    tickAndCompare(seed);
  }

  private void tickAndCompare(long seed) throws Exception {
    Random random = new Random(seed);
    String name = "incremental_" + seed;
    Scenario flights = new Scenario(servers, folder, name).createTopic();
    List<ViewPlan> views = List.of(Flights.originDelays(261, name), Flights.routeDelays(262, name));
    Instant tick = START;
    List<Flight> known = new ArrayList<>(send(flights, random, tick));
    run(flights, "first", tick, views);
    for (int i = 0; i < TICKS; i++) {
      tick = tick.plus(PAUSES.get(random.nextInt(PAUSES.size())));
      boolean corrects = i > 0 && random.nextInt(3) > 0;
      if (corrects) {
        Corrected.some(random, tick).applyTo(archive(flights), known);
      }
      known.addAll(send(flights, random, tick));

      BatchRunResult result = run(flights, "i" + i, tick, views);

      assertThat(result.views())
          .extracting(ViewResult::reading)
          .allMatch(
              reading ->
                  reading == Reading.CHANGES
                      || (corrects && reading == Reading.CHANGES_AND_CORRECTIONS));
      for (ViewPlan view : views) {
        assertServed(flights, view, known, tick);
      }
    }
    List<ViewPlan> afresh =
        List.of(Flights.originDelays(264, name), Flights.routeDelays(265, name));
    assertThat(run(flights, "afresh", tick, afresh).views())
        .extracting(ViewResult::reading)
        .containsOnly(Reading.ALL_FOR_FIRST_TICK);
    assertThat(log(flights, afresh.get(0)).isEmpty()).isFalse();
    assertSameRows(flights, views.get(0), afresh.get(0), "departures_3d");
    assertSameRows(flights, views.get(1), afresh.get(1), "departures_6h");
  }

  @Test
  void aTickWithoutNewEventsTakesNoneAndServesOnlyWhatDecayed() throws Exception {
    Scenario flights = new Scenario(servers, folder, "unchanged").createTopic();
    ViewPlan view = Flights.routeDelays(263, "unchanged");
    flights.send(
        List.of(
            new Flight(START.minus(Duration.ofHours(5)), "ATL", "BOS", 1L, 10),
            new Flight(START.minus(Duration.ofHours(1)), "BOS", "ATL", 1L, 10)));
    flights.run(flights.plan("u1", START, 1, view));

    ViewResult soon = only(flights.run(flights.plan("u2", START.plusSeconds(60), 1, view)));
    ViewResult later =
        only(flights.run(flights.plan("u3", START.plus(Duration.ofHours(2)), 1, view)));

    assertThat(soon).isEqualTo(new ViewResult(263, 0, 0, 0, 0, Reading.CHANGES));
    assertThat(later).isEqualTo(new ViewResult(263, 0, 1, 1, 0, Reading.CHANGES));
    assertThat(flights.served(view, List.of(List.of("ATL", "BOS"))).get(List.of("ATL", "BOS")))
        .containsExactly(START.minus(Duration.ofHours(5)), 0L, null);
  }

  private static List<Flight> send(Scenario flights, Random random, Instant tick) throws Exception {
    if (random.nextInt(4) == 0) {
      return List.of();
    }
    List<Flight> some =
        new ArrayList<>(
            Flights.random(
                random.nextLong(),
                random.nextInt(1, 60),
                tick.minus(Duration.ofHours(2)),
                tick.plus(Duration.ofMinutes(90))));
    some.addAll(
        Flights.random(
            random.nextLong(), random.nextInt(1, 9), tick.minus(Duration.ofDays(5)), tick));
    flights.send(some);
    return some;
  }

  private static void assertServed(
      Scenario flights, ViewPlan view, List<Flight> sent, Instant tick) {
    var expected = Oracle.rows(view, sent, tick);
    ServedRows.assertEqual(flights, view, expected);
    List<List<String>> others =
        sent.stream()
            .map(
                flight ->
                    view.view().keyColumns().size() == 1
                        ? List.of(flight.origin())
                        : List.of(flight.origin(), flight.destination()))
            .distinct()
            .filter(key -> !expected.containsKey(key))
            .toList();
    Map<List<String>, ? extends List<?>> served = flights.served(view, others);
    served.forEach((key, row) -> assertThat(row.get(1)).as("departures of %s", key).isEqualTo(0L));
  }

  /** The newest row of each key in the log of many ticks, and the rows of the one tick. */
  private void assertSameRows(Scenario flights, ViewPlan many, ViewPlan once, String count) {
    Dataset<Row> log = log(flights, many);
    Dataset<Row> newest =
        log.join(log.groupBy("keys").agg(max("as_of").as("as_of")), new String[] {"keys", "as_of"})
            .select("keys", "newest_event", "features")
            .filter(col("features").getField(count).gt(0));
    Dataset<Row> whole = log(flights, once).select("keys", "newest_event", "features");

    assertThat(newest.exceptAll(whole).collectAsList()).as("only incremental").isEmpty();
    assertThat(whole.exceptAll(newest).collectAsList()).as("only in full").isEmpty();
  }

  private static BatchRunResult run(
      Scenario flights, String id, Instant tick, List<ViewPlan> views) {
    return flights.run(flights.plan(id, tick, 1, views.toArray(ViewPlan[]::new)));
  }

  private DeltaTable archive(Scenario flights) {
    return DeltaTable.forPath(servers.spark(), flights.warehouse().archive());
  }

  private Dataset<Row> log(Scenario scenario, ViewPlan view) {
    return servers
        .spark()
        .read()
        .format("delta")
        .load(scenario.warehouse().featureLog(view.number()));
  }

  private static ViewResult only(BatchRunResult result) {
    assertThat(result.views()).hasSize(1);
    return result.views().get(0);
  }
}
