package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.freshet.batch.Flights.Flight;
import io.freshet.error.FreshetException;
import io.freshet.error.InvalidInputException;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TableFormat;
import io.freshet.plan.TablePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs over tables that Spark wrote as somebody else would; there is no Kafka for them. */
@ExtendWith(BatchServers.Extension.class)
class ExternalTableTest {
  private static final long SEED = 20260202; // Of every random event here.

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600);
  private final BatchServers servers;
  private final Path folder;

  ExternalTableTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void aDeltaTableIsServedAsItsNewestVersionSays() {
    ExternalFlights table = table(TableFormat.DELTA);
    Scenario scenario = scenario(table, "external_delta");
    ViewPlan origins = Flights.originDelays(301, "external_delta");
    ViewPlan routes = Flights.routeDelays(302, "external_delta");
    List<Flight> early = Flights.random(SEED, 1500, now.minus(Duration.ofDays(4)), now);
    List<Flight> late =
        Flights.random(SEED + 1, 300, now.minus(Duration.ofDays(2)), now.plusSeconds(600));
    table.append(early);

    BatchRunResult first = run(scenario, "d1", now, origins, routes);
    assertThat(first.archivedEvents()).isZero();
    assertThat(first.rejectedEvents()).isZero();
    ServedRows.assertEqual(scenario, origins, Oracle.rows(origins, early, now));
    ServedRows.assertEqual(scenario, routes, Oracle.rows(routes, early, now));

    table.append(late);
    DeltaTable.forPath(servers.spark(), table.folder().toString())
        .delete(functions.col("destination").equalTo("BOS").and(functions.col("delay").gt(100)));
    List<Flight> left = new ArrayList<>(early);
    left.addAll(late);
    left.removeIf(
        flight ->
            flight.destination().equals("BOS") && flight.delay() != null && flight.delay() > 100);
    Instant later = now.plusSeconds(600);
    run(scenario, "d2", later, origins, routes);

    assertThat(left).hasSizeLessThan(early.size() + late.size());
    ServedRows.assertEqual(scenario, origins, Oracle.rows(origins, left, later));
    ServedRows.assertEqual(scenario, routes, Oracle.rows(routes, left, later));
    assertThat(scenario.completeThrough(routes)).isEqualTo(later.toEpochMilli());
    assertThat(Files.exists(Path.of(scenario.warehouse().archive()))).isFalse();
  }

  @Test
  void aParquetFolderIsServedAsItIsWithNarrowTypesAndPartitions() {
    ExternalFlights table = table(TableFormat.PARQUET);
    Scenario scenario = scenario(table, "external_parquet");
    ViewPlan origins = Flights.originDelays(303, "external_parquet");
    ViewPlan routes = Flights.routeDelays(304, "external_parquet");
    List<Flight> flights = Flights.random(SEED, 1500, now.minus(Duration.ofDays(4)), now);
    table
        .rows(flights)
        .withColumn("delay", functions.col("delay").cast("int"))
        .write()
        .partitionBy("destination")
        .parquet(table.folder().toString());
    table
        .rows(Flights.random(SEED + 7, 5, now.minus(Duration.ofDays(1)), now))
        .write()
        .parquet(table.folder().resolve("_temporary/0").toString());

    run(scenario, "p1", now, origins, routes);

    ServedRows.assertEqual(scenario, origins, Oracle.rows(origins, flights, now));
    ServedRows.assertEqual(scenario, routes, Oracle.rows(routes, flights, now));
  }

  @Test
  void everyColumnThatDoesNotFitIsNamedAtOnce() {
    ExternalFlights table = table(TableFormat.DELTA);
    table.append(List.of());
    List<Column> columns =
        List.of(
            Column.required("at", ValueType.TIMESTAMP).at("departure.at"),
            Column.required("origin", ValueType.INT64),
            Column.required("gate", ValueType.STRING),
            Column.optional("seat", ValueType.STRING),
            Column.optional("delay", ValueType.FLOAT64),
            Column.required("distance", ValueType.FLOAT64));
    SourcePlan source =
        new SourcePlan(
            Flights.PROJECT, "misfit", columns, "at", "t", 0, 60_000, null, null, plan(table));

    assertThatThrownBy(() -> run(scenario(source), "m", now, Flights.routeDelays(305, "misfit")))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.violations())
                    .extracting(violation -> violation.path() + ": " + violation.message())
                    .containsExactly(
                        "at: Cannot find column \"departure.at\": the table has at, origin, destination, delay, distance, tail_number",
                        "origin: Cannot read column \"origin\" as int64: its type is string, it must be bigint or int or smallint or tinyint",
                        "gate: Cannot find column \"gate\": the table has at, origin, destination, delay, distance, tail_number",
                        "delay: Cannot read column \"delay\" as float64: its type is bigint, it must be double or float or int or smallint or tinyint"))
        .hasMessageStartingWith(
            "Cannot accept delta table " + table.folder() + " as source misfit: 4 fault(s)");
  }

  @Test
  void nestedAndAbsentColumnsAreReadAsTheSourceSays() {
    ExternalFlights table = table(TableFormat.DELTA);
    Flight flight = new Flight(now.minusSeconds(9), "ATL", "BOS", 7L, 10);
    table
        .rows(List.of(flight))
        .select(
            functions.struct(functions.col("at"), functions.col("origin")).as("departure"),
            functions.col("destination"),
            functions.col("delay"))
        .write()
        .format("delta")
        .save(table.folder().toString());
    List<Column> columns =
        List.of(
            Column.required("at", ValueType.TIMESTAMP).at("departure.at"),
            Column.required("origin", ValueType.STRING).at("departure.origin"),
            Column.required("destination", ValueType.STRING),
            Column.optional("delay", ValueType.INT64),
            Column.optional("distance", ValueType.FLOAT64));
    SourcePlan source =
        new SourcePlan(
            Flights.PROJECT, "nested", columns, "at", "t", 0, 60_000, null, null, plan(table));
    ViewPlan routes = Flights.routeDelays(306, "nested");
    Scenario scenario = scenario(source);

    run(scenario, "n", now, routes);

    ServedRows.assertEqual(scenario, routes, Oracle.rows(routes, List.of(flight), now));
  }

  @Test
  void aTableThatIsNotThereOrOfAnotherKindIsRefused() throws Exception {
    ExternalFlights delta = table(TableFormat.DELTA);
    SourcePlan missing = delta.source("missing");
    assertThatThrownBy(() -> run(scenario(missing), "a", now))
        .isInstanceOf(FreshetException.class)
        .hasMessage(
            "Cannot read the Delta table at %s: there is none, correct its path or write it"
                .formatted(delta.folder()));

    delta.append(List.of());
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> run(scenario(parquet("delta", delta.folder())), "b", now))
        .hasMessageEndingWith("it is a Delta table, declare format: delta");
    assertThatThrownBy(() -> run(scenario(parquet("empty", empty)), "c", now))
        .hasMessageEndingWith("it has no files, correct its path or write some");
    assertThatThrownBy(() -> run(scenario(parquet("gone", folder.resolve("gone"))), "d", now))
        .hasMessageEndingWith("there is no such folder, correct its path or write it");
  }

  @Test
  void timesOfATableAreCutToMilliseconds() {
    ExternalFlights table = table(TableFormat.DELTA);
    Instant at = now.minusSeconds(3).plusNanos(999_999_000);
    Flight cut = new Flight(at.truncatedTo(ChronoUnit.MILLIS), "ATL", "BOS", 7L, 10);
    table.append(
        servers
            .spark()
            .createDataFrame(
                List.of(RowFactory.create(at, "ATL", "BOS", 7L, 10.0, "N1")),
                ExternalFlights.SCHEMA));
    Scenario scenario = scenario(table, "micros");
    ViewPlan routes = Flights.routeDelays(307, "micros");

    run(scenario, "u", now, routes);

    ServedRows.assertEqual(scenario, routes, Oracle.rows(routes, List.of(cut), now));
  }

  @Test
  void aTableWithoutRowsHasNoKeys() {
    ExternalFlights table = table(TableFormat.PARQUET);
    table
        .rows(List.of())
        .withColumn("distance", functions.col("distance").cast(DataTypes.FloatType))
        .write()
        .parquet(table.folder().toString());
    Scenario scenario = scenario(table, "rowless");
    ViewPlan routes = Flights.routeDelays(308, "rowless");

    assertThat(run(scenario, "z", now, routes).views().get(0).rows()).isZero();
    assertThat(scenario.completeThrough(routes)).isEqualTo(now.toEpochMilli());
  }

  private ExternalFlights table(TableFormat format) {
    return new ExternalFlights(servers.spark(), format, folder.resolve("theirs"));
  }

  private static TablePlan plan(ExternalFlights table) {
    return new TablePlan(table.format(), table.folder().toString());
  }

  private static SourcePlan parquet(String name, Path path) {
    return Flights.source(name).over(new TablePlan(TableFormat.PARQUET, path.toString()));
  }

  private Scenario scenario(ExternalFlights table, String name) {
    return scenario(table.source(name));
  }

  private Scenario scenario(SourcePlan source) {
    return new Scenario(servers, folder, source.name()).readAs(source);
  }

  private static BatchRunResult run(
      Scenario scenario, String runId, Instant asOf, ViewPlan... views) {
    return scenario.run(ExternalFlights.withoutKafka(scenario.plan(runId, asOf, 1, views)));
  }
}
