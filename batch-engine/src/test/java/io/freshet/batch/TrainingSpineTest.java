package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.LabelledFlights.Arrived;
import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.Format;
import io.freshet.plan.TrainingSetPlan.Mode;
import io.freshet.plan.TrainingSetPlan.Spine;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BatchServers.Extension.class)
class TrainingSpineTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  private final LabelledFlights labelled;
  private final Path folder;

  TrainingSpineTest(BatchServers servers, @TempDir Path folder) {
    this.folder = folder;
    this.labelled = new LabelledFlights(servers.spark(), folder, Flights.source("spines"));
  }

  @Test
  void aSpineInCsvHasTheTypesThatAreNeededOrDeclaredOrFound() throws Exception {
    labelled.archive(List.of(Arrived.inTime(new Flight(AT, "007", "BOS", 1L, 1.0))));
    String csv =
        csv(
            """
            origin,labelled_at,fare,late,weight,note
            007,2026-03-01T12:00:01Z,2,true,3,a
            007,2026-03-01 12:00:00,,false,4,
            """);
    TrainingSetPlan plan = csvPlan(csv, Map.of("weight", ValueType.FLOAT64));

    assertThat(labelled.write(plan).rows()).isEqualTo(2);

    Row row =
        labelled.written(plan).stream()
            .filter(found -> found.getAs("note") != null)
            .findFirst()
            .orElseThrow();
    assertThat(row.<String>getAs("origin")).isEqualTo("007");
    assertThat(row.<Instant>getAs("labelled_at")).isEqualTo(AT.plusSeconds(1));
    assertThat(row.<Double>getAs("fare")).isEqualTo(2);
    assertThat(row.<Boolean>getAs("late")).isTrue();
    assertThat(row.<Double>getAs("weight")).isEqualTo(3);
    assertThat(row.<Long>getAs("view_1__departures_ever")).isEqualTo(1);
    assertThat(row.<Double>getAs("fares__doubled")).isEqualTo(4);
  }

  @Test
  void allFaultsOfACsvAreNamedAtOnce() throws Exception {
    String csv =
        csv(
            """
            labelled_at,fare,view_1__departures_3h
            noon,2,1
            2026-03-01T12:00:00Z,cheap,1
            never,dear,1
            """);

    assertThatThrownBy(() -> labelled.write(csvPlan(csv, Map.of("weight", ValueType.FLOAT64))))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.violations())
                    .extracting(Violation::path)
                    .containsExactlyInAnyOrder(
                        "labelled_at", "fare", "origin", "weight", "view_1__departures_3h"))
        .hasMessageContaining("2 values are none, such as \"never\"");
  }

  @Test
  void everythingThatATableLacksIsNamed() {
    String path = folder.resolve("spine").toString();
    labelled
        .spark()
        .createDataFrame(
            List.of(RowFactory.create(1L, "noon")),
            new StructType()
                .add("origin", DataTypes.LongType)
                .add("labelled_at", DataTypes.StringType))
        .write()
        .parquet(path);
    TrainingSetPlan plan =
        labelled.plan(
            Mode.EXACT, List.of(Flights.routeDelays(2, "spines")), fares(Column.Presence.REQUIRED));

    assertThatThrownBy(() -> labelled.write(plan))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.violations())
                    .extracting(Violation::path)
                    .containsExactlyInAnyOrder("labelled_at", "origin", "destination", "fare"));
  }

  @Test
  void aSpineThatIsNotThereIsAFaultOfTheRequest() {
    TrainingSetPlan plan = csvPlan(folder.resolve("none.csv").toString(), Map.of());

    assertThatThrownBy(() -> labelled.write(plan))
        .isInstanceOfSatisfying(
            FreshetException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USER))
        .hasMessageContaining("Cannot read the spine at");
  }

  private String csv(String lines) throws Exception {
    return Files.writeString(folder.resolve("spine.csv"), lines).toString();
  }

  private TrainingSetPlan csvPlan(String csv, Map<String, ValueType> columns) {
    TrainingSetPlan plan =
        labelled.plan(
            Mode.EXACT,
            csv,
            Format.CSV,
            List.of(TrainingViews.origins("spines")),
            fares(Column.Presence.OPTIONAL));
    return new TrainingSetPlan(
        plan.runId(),
        new Spine(csv, Format.CSV, "labelled_at", columns),
        plan.sources(),
        plan.onDemand(),
        plan.features(),
        plan.mode(),
        plan.warehouse(),
        plan.output(),
        plan.resultFile());
  }

  private static OnDemandPlan fares(Column.Presence presence) {
    Column fare =
        presence == Column.Presence.REQUIRED
            ? Column.required("fare", ValueType.FLOAT64)
            : Column.optional("fare", ValueType.FLOAT64);
    return new OnDemandPlan(
        Flights.PROJECT,
        "fares",
        List.of(),
        List.of(fare),
        List.of(),
        List.of(new OnDemandFeature("doubled", "request.fare * 2.0", ValueType.FLOAT64)));
  }
}
