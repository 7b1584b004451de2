package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.batch.Flights.Flight;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.BatchRunResult.Reading;
import io.freshet.plan.BatchRunResult.ViewResult;
import io.freshet.plan.ViewPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BatchServers.Extension.class)
class BatchRunTest {
  private static final long SEED = 20260101; // Of every random event here.
  private static final Instant NOW = Instant.parse("2026-03-10T14:25:17.250Z");

  private final BatchServers servers;
  private final Path folder;

  BatchRunTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void twoViewsInOneRunHaveTheValuesOfARecomputation() throws Exception {
    Scenario flights = new Scenario(servers, folder, "recomputed").createTopic();
    ViewPlan origins = Flights.originDelays(11, "recomputed");
    ViewPlan routes = Flights.routeDelays(12, "recomputed");
    List<Flight> events =
        Flights.random(SEED, 4000, NOW.minus(Duration.ofDays(4)), NOW.plusSeconds(600));
    flights.send(events);

    BatchRunResult result = flights.run(flights.plan("r1", NOW, 1, origins, routes));

    assertThat(result.archivedEvents()).isEqualTo(events.size());
    assertThat(result.rejectedEvents()).isZero();
    ServedRows.assertEqual(flights, origins, Oracle.rows(origins, events, NOW));
    ServedRows.assertEqual(flights, routes, Oracle.rows(routes, events, NOW));
    assertThat(result.views())
        .extracting(ViewResult::view, ViewResult::rows, ViewResult::applied)
        .containsExactly(tuple(11, 5L, 5L), tuple(12, 25L, 25L));
    assertThat(flights.completeThrough(origins)).isEqualTo(NOW.toEpochMilli());
    assertThat(flights.completeThrough(routes)).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void aSecondTickArchivesOnlyWhatIsNew() throws Exception {
    Scenario flights = new Scenario(servers, folder, "ticked").createTopic();
    ViewPlan view = Flights.originDelays(21, "ticked");
    Instant first = NOW.minus(Duration.ofHours(1));
    List<Flight> before = Flights.random(SEED, 500, first.minus(Duration.ofDays(2)), first);
    List<Flight> after = Flights.random(SEED + 1, 70, first, NOW);
    flights.send(before);
    flights.run(flights.plan("t1", first, 1, view));
    flights.send(after);

    BatchRunResult second = flights.run(flights.plan("t2", NOW, 1, view));

    assertThat(second.archivedEvents()).isEqualTo(after.size());
    assertThat(flights.table(flights.warehouse().archive(), "_offset"))
        .hasSize(before.size() + after.size());
    ServedRows.assertEqual(flights, view, Oracle.rows(view, concat(before, after), NOW));
    assertThat(flights.table(flights.warehouse().featureLog(21), "as_of")).hasSize(10);
  }

  @Test
  void aKeyThatFellEmptyIsServedEmptyOnceAndThenLeftAlone() throws Exception {
    Scenario flights = new Scenario(servers, folder, "emptied").createTopic();
    ViewPlan view = Flights.originDelays(31, "emptied");
    Flight lonely = new Flight(NOW.minus(Duration.ofHours(70)), "LNK", "ATL", 4L, 10);
    Flight recent = new Flight(NOW.minusSeconds(60), "ATL", "LNK", 5L, 10);
    flights.send(List.of(lonely, recent));
    flights.run(flights.plan("e1", NOW, 1, view));
    Instant later = NOW.plus(Duration.ofHours(6));
    Instant muchLater = later.plus(Duration.ofHours(1));

    BatchRunResult emptying = flights.run(flights.plan("e2", later, 1, view));
    BatchRunResult repeated = flights.run(flights.plan("e2", later, 2, view));
    BatchRunResult settled = flights.run(flights.plan("e3", muchLater, 1, view));

    assertThat(flights.served(view, List.of(List.of("LNK"))).get(List.of("LNK")))
        .containsExactly(lonely.at(), 0L, 0L, 0L, null, null, null, null, null, null, null, null);
    assertThat(emptying.views().get(0)).isEqualTo(new ViewResult(31, 0, 2, 2, 0, Reading.CHANGES));
    assertThat(repeated.views().get(0)).isEqualTo(new ViewResult(31, 0, 2, 2, 0, Reading.CHANGES));
    assertThat(settled.views().get(0)).isEqualTo(new ViewResult(31, 0, 0, 0, 0, Reading.CHANGES));
    assertThat(flights.table(flights.warehouse().featureLog(31), "as_of")).hasSize(4);
  }

  @Test
  void anOlderTickDoesNotTouchWhatANewerOneServed() throws Exception {
    Scenario flights = new Scenario(servers, folder, "outdated").createTopic();
    ViewPlan view = Flights.routeDelays(41, "outdated");
    List<Flight> events = Flights.random(SEED, 200, NOW.minus(Duration.ofDays(1)), NOW);
    flights.send(events);
    flights.run(flights.plan("o1", NOW, 1, view));

    Instant older = NOW.minus(Duration.ofHours(5));
    BatchRunResult result = flights.run(flights.plan("o2", older, 1, view));

    assertThat(result.views().get(0).rows())
        .isEqualTo(Oracle.rows(view, events, older).size())
        .isPositive();
    assertThat(result.views().get(0).applied()).isZero();
    ServedRows.assertEqual(flights, view, Oracle.rows(view, events, NOW));
    assertThat(flights.completeThrough(view)).isEqualTo(NOW.toEpochMilli());
  }

  private static List<Flight> concat(Collection<Flight> first, Collection<Flight> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
