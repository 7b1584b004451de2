package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.materialize.TidiedTable;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ViewPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Merging rows and dropping months changes nothing of what a tile table says. */
@ExtendWith(BatchServers.Extension.class)
class TidyTilesTest {
  private static final Instant FIRST = Instant.parse("2026-03-01T06:00:00Z");
  private static final Instant SECOND = FIRST.plus(Duration.ofHours(10));
  private static final int FILES = 30;
  private static final int ORIGINS = 60;

  private final BatchServers servers;
  private final Path folder;

  TidyTilesTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void crowdedMonthsAreMergedAndPastOnesDropped() throws Exception {
    Scenario flights = new Scenario(servers, folder, "tidied").createTopic();
    ViewPlan view = Flights.originDelays(271, "tidied");
    flights.send(ofEachOrigin(FIRST.minus(Duration.ofDays(2))));
    flights.send(ofEachOrigin(FIRST.minusSeconds(1)));
    flights.run(flights.plan("t1", FIRST, 1, view));
    flights.send(ofEachOrigin(SECOND.minusSeconds(1)));
    BatchRunPlan plan = flights.plan("t2", SECOND, 1, view);
    flights.run(plan);
    TidiedTable table = new TidiedTable(servers.spark(), plan, view);
    table.crowd(FILES);
    List<Row> values = table.values();
    assertThat(table.rows()).isEqualTo(3 * ORIGINS);
    assertThat(table.tiles()).isEqualTo(2 * ORIGINS);

    table.tidy(SECOND);

    assertThat(table.rows()).isEqualTo(2 * ORIGINS);
    assertThat(table.filesByMonth().get(LocalDate.of(2026, 3, 1))).isEqualTo(1);
    assertThat(table.values()).containsExactlyInAnyOrderElementsOf(values);

    table.tidy(Instant.parse("2026-03-20T00:00:00Z"));

    assertThat(table.filesByMonth()).containsOnlyKeys(LocalDate.of(2026, 3, 1));
  }

  private static List<Flight> ofEachOrigin(Instant at) {
    return IntStream.range(0, ORIGINS)
        .mapToObj(i -> new Flight(at, "T" + i, "ATL", (long) i, 100))
        .toList();
  }
}
