package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.training.TrainingSet;
import io.freshet.plan.TableFormat;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.OfSource;
import io.freshet.plan.ViewPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training sets over tables that others write. */
@ExtendWith(BatchServers.Extension.class)
class ExternalTrainingSetTest {
  private static final StructType SPINE =
      new StructType()
          .add("origin", DataTypes.StringType)
          .add("destination", DataTypes.StringType)
          .add("labelled_at", DataTypes.TimestampType);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3600);

  @ParameterizedTest
  @EnumSource
  void everyLabelHasTheFeaturesAsOfItsTime(
      TableFormat format, BatchServers servers, @TempDir Path folder) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Flight> flights = Flights.random(seed, 1000, now.minus(Duration.ofDays(3)), now);
    ExternalFlights table = new ExternalFlights(servers.spark(), format, folder.resolve("theirs"));
    table.append(flights);
    ViewPlan view = Flights.routeDelays(321, "labelled");
    List<Row> labels =
        random
            .ints(60, 0, flights.size())
            .mapToObj(flights::get)
            .map(
                flight ->
                    RowFactory.create(
                        flight.origin(),
                        flight.destination(),
                        flight.at().plusSeconds(random.nextInt(2))))
            .toList();
    String spine = folder.resolve("spine").toString();
    servers.spark().createDataFrame(labels, SPINE).write().parquet(spine);
    TrainingSetPlan plan =
        new TrainingSetPlan(
            "labelled",
            new TrainingSetPlan.Spine(
                spine, TrainingSetPlan.Format.PARQUET, "labelled_at", Map.of()),
            List.of(new OfSource(table.source("labelled"), List.of(view), Map.of())),
            List.of(),
            view.view().features().stream().map(f -> view.view().name() + "." + f.name()).toList(),
            TrainingSetPlan.Mode.EXACT,
            folder.resolve("warehouse").toString(),
            new TrainingSetPlan.Output(
                folder.resolve("output").toString(), TrainingSetPlan.Format.DELTA),
            folder.resolve("result.json").toString());

    TrainingSet.write(servers.spark(), plan);

    List<Row> rows =
        servers.spark().read().format("delta").load(plan.output().path()).collectAsList();
    assertThat(rows).hasSameSizeAs(labels);
    for (Row row : rows) {
      assertThat(Arrays.<@Nullable Object>asList(row.get(3), row.get(4)))
          .as("seed %d: %s", seed, row)
          .isEqualTo(expected(view, flights, row));
    }
  }

  /** What the oracle says, without the newest event's time; of no event nothing but a count. */
  private static List<@Nullable Object> expected(ViewPlan view, List<Flight> flights, Row row) {
    List<@Nullable Object> served =
        Oracle.rows(view, flights, row.<Instant>getAs("labelled_at"))
            .get(List.of(row.<String>getAs("origin"), row.<String>getAs("destination")));
    return served == null ? Arrays.asList(0L, null) : served.subList(1, served.size());
  }
}
