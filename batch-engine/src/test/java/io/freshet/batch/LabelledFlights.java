package io.freshet.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.archive.ArrivedRecords;
import io.freshet.batch.table.SparkValues;
import io.freshet.batch.table.Warehouse;
import io.freshet.batch.training.TrainingSet;
import io.freshet.oracle.OracleEvent;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.Format;
import io.freshet.plan.TrainingSetPlan.Mode;
import io.freshet.plan.TrainingSetPlan.OfSource;
import io.freshet.plan.TrainingSetPlan.Output;
import io.freshet.plan.TrainingSetPlan.Spine;
import io.freshet.plan.TrainingSetResult;
import io.freshet.plan.ViewPlan;
import io.freshet.serving.ServingDelay;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Training sets of flights: an archive whose arrivals are known, a spine, and what comes of them.
 *
 * @param folder of everything
 */
record LabelledFlights(SparkSession spark, Path folder, SourcePlan source) {
  static final StructType SPINE =
      new StructType()
          .add("origin", DataTypes.StringType)
          .add("destination", DataTypes.StringType)
          .add("labelled_at", DataTypes.TimestampType)
          .add("fare", DataTypes.DoubleType)
          .add("label", DataTypes.BooleanType);

  static final Map<Tier, ServingDelay> DELAYS =
      Map.of(
          Tier.HOURLY, new ServingDelay(5_000, 600_000),
          Tier.DAILY, new ServingDelay(60_000, 2_400_000),
          Tier.STREAMING, new ServingDelay(0, 2_000));

  /** A flight and when its event arrived. */
  record Arrived(Flight flight, Instant at) {
    static Arrived inTime(Flight flight) {
      return new Arrived(flight, flight.at());
    }
  }

  String warehouse() {
    return folder.resolve("warehouse").toString();
  }

  LabelledFlights archive(List<Arrived> flights) {
    ArrivedRecords.write(
        ArrivedRecords.archived(
            spark,
            source,
            flights.stream().map(one -> one.flight().json().getBytes(UTF_8)).toList(),
            flights.stream().map(Arrived::at).toList()),
        Warehouse.of(warehouse(), source).archive());
    return this;
  }

  LabelledFlights labels(List<Row> spine) {
    spark.createDataFrame(spine, SPINE).write().parquet(folder.resolve("spine").toString());
    return this;
  }

  TrainingSetPlan plan(Mode mode, List<ViewPlan> views, OnDemandPlan... onDemand) {
    return plan(mode, folder.resolve("spine").toString(), Format.PARQUET, views, onDemand);
  }

  TrainingSetPlan plan(
      Mode mode, String spine, Format format, List<ViewPlan> views, OnDemandPlan... onDemand) {
    List<String> features = new ArrayList<>();
    for (ViewPlan view : views) {
      view.view().features().forEach(f -> features.add(view.view().name() + "." + f.name()));
    }
    for (OnDemandPlan view : onDemand) {
      view.features().forEach(feature -> features.add(view.name() + "." + feature.name()));
    }
    return new TrainingSetPlan(
        "run",
        new Spine(spine, format, "labelled_at", Map.of()),
        List.of(new OfSource(source, views, DELAYS)),
        List.of(onDemand),
        features,
        mode,
        warehouse(),
        new Output(folder.resolve("training-set").toString(), Format.DELTA),
        folder.resolve("result.json").toString());
  }

  TrainingSetResult write(TrainingSetPlan plan) {
    return TrainingSet.write(spark, plan);
  }

  List<Row> written(TrainingSetPlan plan) {
    return spark
        .read()
        .format(plan.output().format().name().toLowerCase(Locale.ROOT))
        .load(plan.output().path())
        .collectAsList();
  }

  /** The flights of a row's key, as the oracle takes them. */
  static List<Arrived> ofKey(Row row, ViewPlan view, List<Arrived> flights) {
    boolean byRoute = view.view().joinKeys().size() == 2;
    return flights.stream()
        .filter(one -> one.flight().origin().equals(row.getAs("origin")))
        .filter(one -> !byRoute || one.flight().destination().equals(row.getAs("destination")))
        .toList();
  }

  static List<OracleEvent> events(List<Arrived> flights) {
    return flights.stream()
        .map(
            one ->
                new OracleEvent(
                    one.flight().at().toEpochMilli(),
                    new @Nullable Object[] {one.flight().delay(), one.flight().distance()}))
        .toList();
  }

  /** Whether a row has a key of the view. */
  static boolean isKeyed(Row row, ViewPlan view) {
    return view.view().joinKeys().stream().noneMatch(key -> row.getAs(key.name()) == null);
  }

  /** The features of a view in a row. */
  static @Nullable Object[] features(Row row, ViewPlan view) {
    return view.view().features().stream()
        .map(feature -> row.<Object>getAs(view.view().name() + "__" + feature.name()))
        .map(SparkValues::fromSpark)
        .toArray();
  }

  static long labelTime(Row row) {
    return row.<Instant>getAs("labelled_at").toEpochMilli();
  }
}
