package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.LabelledFlights.Arrived;
import io.freshet.batch.table.SparkValues;
import io.freshet.error.FreshetException;
import io.freshet.oracle.BruteForceOracle;
import io.freshet.oracle.SameValue;
import io.freshet.plan.Aggregation;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandInput;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.Format;
import io.freshet.plan.TrainingSetPlan.Mode;
import io.freshet.plan.TrainingSetPlan.Output;
import io.freshet.plan.TrainingSetResult;
import io.freshet.plan.TrainingSetResult.FeatureStatistics;
import io.freshet.plan.TrainingSetResult.ViewStatistics;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Exact training sets. The archive of the first test is filled by a real run from a topic. */
@ExtendWith(BatchServers.Extension.class)
class TrainingSetTest {
  private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-09T00:00:00Z");

  private final BatchServers servers;
  private final Path folder;

  TrainingSetTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void everyLabelHasTheFeaturesAsOfItsTime() throws Exception {
    long seed = new Random().nextLong();
    Scenario scenario = new Scenario(servers, folder, "labelled").createTopic();
    List<Flight> flights = Flights.random(seed, 3_000, FROM, TO);
    scenario.send(flights);
    scenario.run(scenario.plan("archive", TO.plusSeconds(60), 1));
    ViewPlan origins = TrainingViews.origins("labelled");
    ViewPlan routes = Flights.routeDelays(2, "labelled");
    List<Row> spine = labels(new Random(seed), flights, 400);
    LabelledFlights labelled = labelled("labelled").labels(spine);
    TrainingSetPlan plan = labelled.plan(Mode.EXACT, List.of(origins, routes), onDemand());

    TrainingSetResult result = labelled.write(plan);

    List<Row> rows = labelled.written(plan);
    assertThat(rows).hasSameSizeAs(spine);
    assertThat(rows.get(0).schema().fieldNames())
        .contains(
            "label", "view_1__departures_3h", "view_2__delay_average_6h", "fares__per_flight");
    for (Row row : rows) {
      assertThat(spine).contains(RowFactory.create(spineOf(row)));
      assertExact(seed, row, origins, flights);
      assertExact(seed, row, routes, flights);
      assertOnDemand(seed, row);
    }
    assertThat(result.rows()).isEqualTo(spine.size());
    assertThat(result.views())
        .containsExactly(new ViewStatistics("view_1", 40), new ViewStatistics("view_2", 40));
    long nulls = rows.stream().filter(row -> row.getAs("view_1__last_delays") == null).count();
    assertThat(result.features())
        .contains(
            new FeatureStatistics("view_1.departures_3h", "view_1__departures_3h", 40, 0.1),
            new FeatureStatistics(
                "view_1.last_delays", "view_1__last_delays", nulls, nulls / 400.0));
  }

  @Test
  void anEventAtTheLabelOrLaterNeverCounts() {
    Instant label = FROM.plus(Duration.ofHours(5));
    LabelledFlights labelled =
        labelled("leaking")
            .archive(
                List.of(
                    Arrived.inTime(flight(label.minusMillis(1))),
                    Arrived.inTime(flight(label)),
                    Arrived.inTime(flight(label.plusMillis(1)))))
            .labels(List.of(RowFactory.create("ATL", "BOS", label, 1.0, true)));
    TrainingSetPlan plan = labelled.plan(Mode.EXACT, List.of(TrainingViews.origins("leaking")));

    labelled.write(plan);

    Row row = labelled.written(plan).get(0);
    assertThat(row.<Long>getAs("view_1__departures_3h")).isEqualTo(1);
    assertThat(row.<Long>getAs("view_1__departures_ever")).isEqualTo(1);
  }

  @Test
  void onlyWhatIsWantedIsWrittenInParquetInTheOrderThatWasSaid() {
    LabelledFlights labelled =
        labelled("chosen")
            .archive(List.of(Arrived.inTime(flight(FROM))))
            .labels(
                List.of(
                    RowFactory.create("ATL", "BOS", FROM.plusSeconds(1), 1.0, true),
                    RowFactory.create("ATL", "BOS", null, 1.0, true)));
    TrainingSetPlan all =
        labelled.plan(Mode.EXACT, List.of(TrainingViews.origins("chosen")), onDemand());
    TrainingSetPlan plan =
        new TrainingSetPlan(
            "run",
            all.spine(),
            all.sources(),
            all.onDemand(),
            List.of("fares.year", "view_1.departures_3h"),
            Mode.EXACT,
            all.warehouse(),
            new Output(folder.resolve("chosen").toString(), Format.PARQUET),
            all.resultFile());

    TrainingSetResult result = labelled.write(plan);

    Row row = labelled.written(plan).get(0);
    assertThat(row.schema().fieldNames())
        .endsWith("label", "fares__year", "view_1__departures_3h")
        .hasSize(LabelledFlights.SPINE.size() + 2);
    assertThat(row.<Long>getAs("view_1__departures_3h")).isEqualTo(1);
    assertThat(result.rows()).isEqualTo(1);
    assertThat(result.labelsWithoutTime()).isEqualTo(1);
  }

  @Test
  void aRepeatedRunSaysTheSameAndAnotherIsRefused() {
    LabelledFlights labelled =
        labelled("repeated")
            .archive(List.of(Arrived.inTime(flight(FROM))))
            .labels(List.of(RowFactory.create("ATL", "BOS", FROM.plusSeconds(1), 1.0, true)));
    TrainingSetPlan plan = labelled.plan(Mode.EXACT, List.of(TrainingViews.origins("repeated")));

    TrainingSetResult first = labelled.write(plan);

    assertThat(labelled.write(plan)).isEqualTo(first);
    assertThatThrownBy(() -> labelled.write(plan.with("another", "unused")))
        .isInstanceOf(FreshetException.class)
        .hasMessageContaining("there is something at");
  }

  @Test
  void aSourceWithoutAnArchiveIsNamed() {
    LabelledFlights labelled =
        labelled("unknown").labels(List.of(RowFactory.create("ATL", "BOS", FROM, 1.0, true)));

    assertThatThrownBy(
            () ->
                labelled.write(
                    labelled.plan(Mode.EXACT, List.of(TrainingViews.origins("unknown")))))
        .hasMessageContaining("source unknown has no archive");
  }

  private LabelledFlights labelled(String source) {
    return new LabelledFlights(servers.spark(), folder, Flights.source(source));
  }

  private static Flight flight(Instant at) {
    return new Flight(at, "ATL", "BOS", 1L, 1.0);
  }

  private static OnDemandPlan onDemand() {
    return new OnDemandPlan(
        Flights.PROJECT,
        "fares",
        List.of("view_1"),
        List.of(Column.required("fare", ValueType.FLOAT64)),
        List.of(
            new OnDemandInput(
                0, 0, "departures_3h", FeatureType.scalar(ValueType.INT64), Aggregation.COUNT)),
        List.of(
            new OnDemandFeature(
                "per_flight", "request.fare / double(view_1.departures_3h)", ValueType.FLOAT64),
            new OnDemandFeature("year", "now.getFullYear()", ValueType.INT64)));
  }

  /** Some at the very time of a flight, some of airports that no flight is from, some of none. */
  private static List<Row> labels(Random random, List<Flight> flights, int count) {
    List<Row> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Flight flight = flights.get(random.nextInt(flights.size()));
      String origin = i % 10 == 0 ? null : i % 10 == 1 ? "XXX" : flight.origin();
      Instant at = i % 3 == 0 ? flight.at() : flight.at().plusMillis(random.nextInt(90_000_000));
      labels.add(
          RowFactory.create(origin, flight.destination(), at, random.nextInt(9) / 2.0, i % 2 == 0));
    }
    return labels;
  }

  private static void assertExact(long seed, Row row, ViewPlan view, List<Flight> flights) {
    @Nullable Object[] expected =
        LabelledFlights.isKeyed(row, view)
            ? BruteForceOracle.valuesAsOf(
                view.view(),
                LabelledFlights.events(
                    LabelledFlights.ofKey(
                        row, view, flights.stream().map(Arrived::inTime).toList())),
                LabelledFlights.labelTime(row))
            : new @Nullable Object[view.view().features().size()];
    assertThat(SameValue.allSame(LabelledFlights.features(row, view), expected))
        .as("seed %d: %s", seed, row)
        .isTrue();
  }

  /** Told anew from the row's own columns. */
  private static void assertOnDemand(long seed, Row row) {
    Long departures = row.getAs("view_1__departures_3h");
    double fare = row.<Double>getAs("fare");
    double counted = departures == null ? 0 : departures;
    assertThat(row.<Double>getAs("fares__per_flight"))
        .as("seed %d: %s", seed, row)
        .isEqualTo(Double.valueOf(fare / counted));
    assertThat(row.<Long>getAs("fares__year")).isEqualTo(2026);
  }

  private static @Nullable Object[] spineOf(Row row) {
    @Nullable Object[] values = new @Nullable Object[LabelledFlights.SPINE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = SparkValues.fromSpark(row.get(i));
    }
    return values;
  }
}
