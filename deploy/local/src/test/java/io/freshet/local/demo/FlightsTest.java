package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightsTest {
  private final Flights flights = Flights.load();

  @Test
  void holdsTwoWeeksOfDeparturesInTimeOrder() {
    List<Departure> history = flights.historyEndingAt(0);

    assertThat(history.size() + flights.live().size()).isEqualTo(233_303);
    assertThat(history).isSortedAccordingTo((a, b) -> Long.compare(a.timeMillis(), b.timeMillis()));
    assertThat(history).map(Departure::origin).contains("ATL", "ORD");
  }

  @Test
  void movesTheHistorySoThatItEndsAtTheGivenTime() {
    long end = Instant.parse("2026-05-01T12:00:00Z").toEpochMilli();

    List<Departure> history = flights.historyEndingAt(end);

    assertThat(history.get(history.size() - 1).timeMillis()).isEqualTo(end);
    assertThat(Instant.ofEpochMilli(history.get(0).timeMillis()))
        .isBefore(Instant.parse("2026-04-18T01:00:00Z"));
  }

  @Test
  void writesAnEventAsTheSourceDeclaresIt() {
    assertThat(new Departure(0, -3, 258, "LAS", "SAN").toJson())
        .isEqualTo(
            "{\"time\":\"1970-01-01T00:00:00Z\",\"delay\":-3,\"distance\":258,\"origin\":\"LAS\",\"destination\":\"SAN\"}");
  }
}
