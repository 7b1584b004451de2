package io.freshet.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.source.EventTable;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.InputPlan;
import io.freshet.plan.TableFormat;
import io.freshet.plan.ViewPlan;
import io.freshet.value.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of tables that are no events, and how a table is told from what it was before. */
@ExtendWith(BatchServers.Extension.class)
class RejectedRowsTest {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600);
  private final Instant at = now.minusSeconds(60);
  private final BatchServers servers;
  private final Path folder;

  RejectedRowsTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void rowsThatBreakTheContractAreRecordedOnceWithTheirReason() {
    ExternalFlights table = table(TableFormat.DELTA);
    Scenario scenario = scenario(table, "broken");
    ViewPlan routes = Flights.routeDelays(311, "broken");
    Flight good = new Flight(at, "ATL", "BOS", 1L, 2);
    table.append(
        rows(
            row(at, "ATL", 1L, 2.0),
            row(null, "ATL", 1L, 2.0),
            row(at, null, 1L, 2.0),
            row(at, "ATL", null, Double.NaN),
            row(Instant.parse("2150-01-01T00:00:00Z"), "ATL", 1L, 2.0)));

    BatchRunResult first = run(scenario, "r1", now, routes);
    BatchRunResult unchanged = run(scenario, "r2", now.plusSeconds(60), routes);
    table.append(rows(row(at, "ATL", 1L, Double.NEGATIVE_INFINITY)));
    BatchRunResult second = run(scenario, "r3", now.plusSeconds(120), routes);

    assertThat(first.rejectedEvents()).isEqualTo(4);
    assertThat(unchanged.rejectedEvents()).isZero();
    assertThat(second.rejectedEvents()).isEqualTo(1);
    List<Row> rejected = scenario.table(scenario.warehouse().rejected(), "kind");
    assertThat(rejected)
        .extracting(row -> row.getAs("kind"), row -> reason(row))
        .containsExactlyInAnyOrder(
            tuple(
                "MISSING_COLUMN",
                "Cannot use the event: required column at is null, write it or declare it optional"),
            tuple(
                "MISSING_COLUMN",
                "Cannot use the event: required column origin is null, write it or declare it optional"),
            tuple(
                "WRONG_TYPE",
                "Cannot use the event: column distance must be of type float64 but is NaN"),
            tuple(
                "WRONG_TYPE",
                "Cannot use the event: column distance must be of type float64 but is -Infinity"),
            tuple("FUTURE", "Cannot use the event: its time 2150-01-01 00:00:00 is more than"));
    assertThat(rejected)
        .filteredOn(row -> row.getAs("kind").equals("MISSING_COLUMN"))
        .extracting(row -> new String(row.<byte[]>getAs("value"), UTF_8))
        .anyMatch(value -> value.startsWith("{\"at\":null,\"origin\":\"ATL\","));
    ServedRows.assertEqual(scenario, routes, Oracle.rows(routes, List.of(good), now));
  }

  @Test
  void everyRowThatAnExpressionFailsOnIsRecordedOnce() {
    ExternalFlights table = table(TableFormat.DELTA);
    Scenario scenario = scenario(table, "failing");
    ViewPlan view =
        Flights.view(
            312,
            "failing",
            List.of("origin"),
            List.of(new InputPlan("100 / delay", ValueType.INT64)),
            List.of(Flights.feature("most", Aggregation.MAX, 0, 6, ValueType.INT64)));
    table.append(
        List.of(
            new Flight(at, "ATL", "BOS", 0L, 1),
            new Flight(at, "ATL", "BOS", 20L, 1),
            new Flight(at, "BOS", "ATL", 0L, 1)));

    BatchRunResult first = run(scenario, "x1", now, view);
    table.append(List.of(new Flight(at, "SFO", "ATL", 0L, 1)));
    BatchRunResult second = run(scenario, "x2", now.plusSeconds(60), view);

    assertThat(first.rejectedEvents()).isEqualTo(2);
    assertThat(second.rejectedEvents()).isEqualTo(1);
    assertThat(scenario.served(view, List.of(List.of("ATL"), List.of("BOS"))))
        .isEqualTo(Map.of(List.of("ATL"), List.of(at, 5L)));
  }

  @Test
  void aDeltaTableKeepsItsIdAndAnotherInItsPlaceHasAnother() throws Exception {
    ExternalFlights table = table(TableFormat.DELTA);
    table.append(List.of(new Flight(at, "ATL", "BOS", 1L, 1)));
    EventTable first = open(table);
    table.append(List.of(new Flight(at, "ATL", "BOS", 2L, 1)));
    EventTable second = open(table);
    ExternalFlights other =
        new ExternalFlights(servers.spark(), TableFormat.DELTA, folder.resolve("other"));
    other.append(List.of());

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.version()).isEqualTo(first.version() + 1);
    assertThat(second.rows(first.version()).count()).isEqualTo(1);
    assertThat(second.rows(second.version()).count()).isEqualTo(2);
    assertThat(open(other).id()).isNotEqualTo(first.id());
  }

  @Test
  void aParquetFolderIsAnotherTableWhenItsFilesChange() throws Exception {
    ExternalFlights table = table(TableFormat.PARQUET);
    table.append(List.of(new Flight(at, "ATL", "BOS", 1L, 1)));
    String first = open(table).id();

    Files.writeString(table.folder().resolve("_started"), "any");
    Files.writeString(table.folder().resolve(".hidden"), "any");
    assertThat(open(table).id()).isEqualTo(first);
    Path file = onlyFile(table.folder());
    Files.setLastModifiedTime(file, FileTime.from(now.plus(Duration.ofMinutes(7))));
    String touched = open(table).id();
    assertThat(touched).isNotEqualTo(first);
    table.append(List.of(new Flight(at, "ATL", "BOS", 2L, 1)));
    EventTable last = open(table);
    assertThat(last.id()).isNotEqualTo(touched);
    table.append(List.of(new Flight(at, "ATL", "BOS", 3L, 1)));
    assertThat(last.rows(last.version()).count()).isEqualTo(2);
  }

  private static Path onlyFile(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".parquet")).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  /** Up to where times and numbers follow that differ from run to run. */
  private static String reason(Row row) {
    String reason = row.getAs("reason");
    int end = reason.indexOf(" 60000 ms");
    return end < 0 ? reason : reason.substring(0, end);
  }

  private EventTable open(ExternalFlights table) {
    return EventTable.of(servers.spark(), table.source("opened"), "unused");
  }

  private Dataset<Row> rows(Row... rows) {
    return servers.spark().createDataFrame(List.of(rows), ExternalFlights.SCHEMA);
  }

  private static Row row(
      @Nullable Instant at, @Nullable String origin, @Nullable Long delay, double distance) {
    return RowFactory.create(at, origin, "BOS", delay, distance, "N1");
  }

  private ExternalFlights table(TableFormat format) {
    return new ExternalFlights(servers.spark(), format, folder.resolve("theirs"));
  }

  private Scenario scenario(ExternalFlights table, String name) {
    return new Scenario(servers, folder, name).readAs(table.source(name));
  }

  private static BatchRunResult run(
      Scenario scenario, String runId, Instant asOf, ViewPlan... views) {
    return scenario.run(ExternalFlights.withoutKafka(scenario.plan(runId, asOf, 1, views)));
  }
}
