package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.Flights.Flight;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.BatchRunResult.Reading;
import io.freshet.plan.BatchRunResult.ViewResult;
import io.freshet.plan.Deduplication;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Delays are the ids of flights here. */
@ExtendWith(BatchServers.Extension.class)
class DuplicateRunTest {
  private static final Instant NOW = Instant.parse("2026-03-10T14:00:00Z");
  private static final Duration WITHIN = Duration.ofHours(1);
  private static final Instant START = NOW.minus(Duration.ofHours(6));

  private final BatchServers servers;
  private final Path folder;

  DuplicateRunTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void copiesAreJudgedByEventsOutsideOfTheWindowToo() throws Exception {
    Scenario flights = scenario("copies");
    Instant at = NOW.minus(Duration.ofMinutes(30));
    flights.sendInOrder(
        List.of(
            flight(at, "ATL", 1L),
            flight(at, "ATL", 1L),
            flight(at, "BOS", 1L),
            flight(at, "ATL", null),
            flight(at, "ATL", null),
            flight(START.minusSeconds(1800), "ATL", 2L),
            flight(START.plusSeconds(600), "ATL", 2L),
            flight(NOW.plusSeconds(1800), "ATL", 3L),
            flight(NOW.minusSeconds(1800), "ATL", 3L),
            flight(NOW.minusSeconds(1801), "ATL", 4L),
            flight(NOW.plusSeconds(1800), "ATL", 4L),
            flight(START, "DEN", 5L),
            flight(START.plus(WITHIN).plusMillis(1), "DEN", 5L)));
    ViewPlan view = counts(71, "copies");

    BatchRunResult result = flights.run(flights.plan("d1", NOW, 1, view));

    assertThat(result.views())
        .containsExactly(new ViewResult(71, 7, 3, 3, 3, Reading.ALL_FOR_FIRST_TICK));
    assertThat(departures(flights, view))
        .isEqualTo(Map.of(List.of("ATL"), 4L, List.of("BOS"), 1L, List.of("DEN"), 2L));
  }

  @Test
  void countsWhatLookingAtEveryEarlierArrivalCounts() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Scenario flights = scenario("arrivals");
    List<Flight> sent = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      Instant at = START.minusSeconds(7200).plusSeconds(random.nextInt(10 * 3600));
      Long id = random.nextInt(5) == 0 ? null : (Long) random.nextLong(20);
      sent.add(flight(at, random.nextBoolean() ? "ATL" : "BOS", id));
    }
    flights.sendInOrder(sent);
    ViewPlan view = counts(72, "arrivals");

    BatchRunResult result = flights.run(flights.plan("d2", NOW, 1, view));

    Map<List<String>, Long> expected = new HashMap<>();
    long duplicates = 0;
    for (int i = 0; i < sent.size(); i++) {
      Flight flight = sent.get(i);
      if (!flight.at().isBefore(START) && flight.at().isBefore(NOW)) {
        if (isDuplicate(flight, sent.subList(0, i))) {
          duplicates++;
        } else {
          expected.merge(List.of(flight.origin()), 1L, Long::sum);
        }
      }
    }
    assertThat(duplicates).as("seed %d", seed).isPositive();
    assertThat(result.views().get(0).duplicates()).as("seed %d", seed).isEqualTo(duplicates);
    assertThat(departures(flights, view)).as("seed %d", seed).isEqualTo(expected);
  }

  private static boolean isDuplicate(Flight flight, List<Flight> earlier) {
    return flight.delay() != null
        && earlier.stream()
            .filter(other -> other.origin().equals(flight.origin()))
            .filter(other -> Objects.equals(other.delay(), flight.delay()))
            .anyMatch(
                other -> Duration.between(other.at(), flight.at()).abs().compareTo(WITHIN) <= 0);
  }

  private Scenario scenario(String name) {
    SourcePlan plain = Flights.source(name);
    SourcePlan source =
        new SourcePlan(
            plain.project(),
            plain.name(),
            plain.columns(),
            plain.eventTime(),
            plain.topic(),
            plain.maxDisorderMillis(),
            plain.maxFutureMillis(),
            null,
            new Deduplication("delay", WITHIN.toMillis()));
    return new Scenario(servers, folder, name).readAs(source).createTopic();
  }

  private static ViewPlan counts(int number, String source) {
    return Flights.view(
        number,
        source,
        List.of("origin"),
        List.of(
            Flights.feature(
                "departures", Aggregation.COUNT, FeaturePlan.NO_INPUT, 6, ValueType.INT64)));
  }

  private static Flight flight(Instant at, String origin, @Nullable Long id) {
    return new Flight(at, origin, "SFO", id, 1);
  }

  private static Map<List<String>, Object> departures(Scenario flights, ViewPlan view) {
    Map<List<String>, Object> counts = new HashMap<>();
    flights
        .served(view, List.of(List.of("ATL"), List.of("BOS"), List.of("DEN")))
        .forEach((key, row) -> counts.put(key, Objects.requireNonNull(row.get(1))));
    return counts;
  }
}
