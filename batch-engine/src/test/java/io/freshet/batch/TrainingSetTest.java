package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.table.SparkValues;
import io.freshet.batch.training.TrainingSet;
import io.freshet.error.InvalidInputException;
import io.freshet.oracle.BruteForceOracle;
import io.freshet.oracle.OracleEvent;
import io.freshet.oracle.SameValue;
import io.freshet.plan.Aggregation;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandInput;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.Parameters;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.OfSource;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The archive is filled by a real run from a real topic; the spine is a Parquet folder. */
@ExtendWith(BatchServers.Extension.class)
class TrainingSetTest {
  private static final Instant FROM = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-03-09T00:00:00Z");
  private static final StructType SPINE =
      new StructType()
          .add("origin", DataTypes.StringType)
          .add("destination", DataTypes.StringType)
          .add("labelled_at", DataTypes.TimestampType)
          .add("fare", DataTypes.DoubleType)
          .add("late", DataTypes.BooleanType);

  @Test
  void everyLabelHasTheFeaturesAsOfItsTime(BatchServers servers, @TempDir Path folder)
      throws Exception {
    long seed = new Random().nextLong();
    Scenario scenario = new Scenario(servers, folder, "labelled").createTopic();
    List<Flight> flights = Flights.random(seed, 3_000, FROM, TO);
    scenario.send(flights);
    scenario.run(scenario.plan("archive", TO.plusSeconds(60), 1));
    ViewPlan origins = origins("labelled");
    ViewPlan routes = Flights.routeDelays(2, "labelled");
    List<Row> spine = labels(new Random(seed), flights, 400);
    TrainingSetPlan plan =
        plan(servers, folder, scenario, spine, List.of(origins, routes), List.of(onDemand()));

    TrainingSet.write(servers.spark(), plan);

    List<Row> rows = servers.spark().read().format("delta").load(plan.output()).collectAsList();
    assertThat(rows).hasSameSizeAs(spine);
    assertThat(rows.get(0).schema().fieldNames())
        .contains("late", "view_1__departures_3h", "view_2__delay_average_6h", "fares__per_flight");
    for (Row row : rows) {
      assertThat(spine).contains(RowFactory.create(values(row, 0, SPINE.size())));
      assertFeatures(seed, row, origins, flights, SPINE.size());
      assertFeatures(seed, row, routes, flights, SPINE.size() + origins.view().features().size());
      assertOnDemand(seed, row);
    }
  }

  @Test
  void anEventAtTheLabelOrLaterNeverCounts(BatchServers servers, @TempDir Path folder)
      throws Exception {
    Scenario scenario = new Scenario(servers, folder, "leaking").createTopic();
    Instant label = FROM.plus(Duration.ofHours(5));
    scenario.send(
        List.of(
            new Flight(label.minusMillis(1), "ATL", "BOS", 1L, 1.0),
            new Flight(label, "ATL", "BOS", 1L, 1.0),
            new Flight(label.plusMillis(1), "ATL", "BOS", 1L, 1.0)));
    scenario.run(scenario.plan("archive", TO, 1));
    List<Row> spine = List.of(RowFactory.create("ATL", "BOS", label, 1.0, true));
    TrainingSetPlan plan =
        plan(servers, folder, scenario, spine, List.of(origins("leaking")), List.of());

    TrainingSet.write(servers.spark(), plan);

    Row row = servers.spark().read().format("delta").load(plan.output()).first();
    assertThat(row.<Long>getAs("view_1__departures_3h")).isEqualTo(1);
    assertThat(row.<Long>getAs("view_1__departures_ever")).isEqualTo(1);
  }

  @Test
  void everythingThatTheSpineLacksIsNamed(BatchServers servers, @TempDir Path folder) {
    Scenario scenario = new Scenario(servers, folder, "lacking");
    String path = folder.resolve("spine").toString();
    servers
        .spark()
        .createDataFrame(
            List.of(RowFactory.create(1L, "noon")),
            new StructType()
                .add("origin", DataTypes.LongType)
                .add("labelled_at", DataTypes.StringType))
        .write()
        .parquet(path);
    TrainingSetPlan plan =
        new TrainingSetPlan(
            path,
            TrainingSetPlan.Format.PARQUET,
            "labelled_at",
            List.of(new OfSource(scenario.source(), List.of(Flights.routeDelays(2, "lacking")))),
            List.of(onDemand()),
            folder.resolve("warehouse").toString(),
            folder.resolve("output").toString());

    assertThatThrownBy(() -> TrainingSet.write(servers.spark(), plan))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.violations())
                    .extracting(violation -> violation.path())
                    .containsExactlyInAnyOrder("labelled_at", "origin", "destination", "fare"));
  }

  /** By origin: counts, lists and features over all events. */
  private static ViewPlan origins(String source) {
    Window threeHours = Window.ofMillis(Duration.ofHours(3).toMillis());
    Window twoDays = Window.ofMillis(Duration.ofDays(2).toMillis());
    FeatureType delays = FeatureType.listOf(ValueType.INT64);
    return Flights.view(
        1,
        source,
        List.of("origin"),
        List.of(new InputPlan("delay", ValueType.INT64)),
        List.of(
            new FeaturePlan(
                "departures_3h",
                Aggregation.COUNT,
                FeaturePlan.NO_INPUT,
                threeHours,
                FeatureType.scalar(ValueType.INT64)),
            new FeaturePlan(
                "last_delays", Aggregation.LAST_K, Parameters.ofK(3), 0, twoDays, delays),
            new FeaturePlan(
                "departures_ever",
                Aggregation.COUNT,
                FeaturePlan.NO_INPUT,
                Window.LIFETIME,
                FeatureType.scalar(ValueType.INT64))));
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

  private static TrainingSetPlan plan(
      BatchServers servers,
      Path folder,
      Scenario scenario,
      List<Row> spine,
      List<ViewPlan> views,
      List<OnDemandPlan> onDemand) {
    String path = folder.resolve("spine").toString();
    servers.spark().createDataFrame(spine, SPINE).write().parquet(path);
    return new TrainingSetPlan(
        path,
        TrainingSetPlan.Format.PARQUET,
        "labelled_at",
        List.of(new OfSource(scenario.source(), views)),
        onDemand,
        folder.resolve("warehouse").toString(),
        folder.resolve("training-set").toString());
  }

  private static void assertFeatures(
      long seed, Row row, ViewPlan view, List<Flight> flights, int at) {
    int features = view.view().features().size();
    @Nullable Object[] actual = values(row, at, at + features);
    boolean keyed = view.view().joinKeys().stream().noneMatch(key -> row.getAs(key.name()) == null);
    @Nullable Object[] expected =
        keyed
            ? BruteForceOracle.valuesAsOf(
                view.view(),
                eventsOf(row, view, flights),
                row.<Instant>getAs("labelled_at").toEpochMilli())
            : new @Nullable Object[features];
    assertThat(SameValue.allSame(actual, expected)).as("seed %d: %s", seed, row).isTrue();
  }

  private static List<OracleEvent> eventsOf(Row row, ViewPlan view, List<Flight> flights) {
    boolean byRoute = view.view().joinKeys().size() == 2;
    return flights.stream()
        .filter(flight -> flight.origin().equals(row.getAs("origin")))
        .filter(flight -> !byRoute || flight.destination().equals(row.getAs("destination")))
        .map(
            flight ->
                new OracleEvent(
                    flight.at().toEpochMilli(),
                    new @Nullable Object[] {flight.delay(), flight.distance()}))
        .toList();
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

  private static @Nullable Object[] values(Row row, int from, int to) {
    @Nullable Object[] values = new @Nullable Object[to - from];
    for (int i = from; i < to; i++) {
      values[i - from] = SparkValues.fromSpark(row.get(i));
    }
    return values;
  }
}
