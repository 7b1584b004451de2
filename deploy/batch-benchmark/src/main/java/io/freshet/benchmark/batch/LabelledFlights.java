package io.freshet.benchmark.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.window.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Half a year of flights in an archive, and a label of every third: its time is the full hour
 * before, which is on the grid of all windows here, so that plain SQL can have the same windows.
 *
 * @param labels a Parquet folder: label, origin, destination, label_time
 */
record LabelledFlights(FlightArchive archive, String labels, Path folder) {
  /** Five views, of three keys. */
  static final List<ViewPlan> VIEWS =
      List.of(
          view(1, List.of("origin"), Duration.ofHours(1)),
          view(2, List.of("origin"), Duration.ofDays(1)),
          view(3, List.of("destination"), Duration.ofHours(1)),
          view(4, List.of("origin", "destination"), Duration.ofDays(1)),
          view(5, List.of("origin", "destination"), Duration.ofDays(7)));

  private static final Instant START = Instant.parse("2001-01-01T00:00:00Z");
  private static final int FLIGHTS_A_LABEL = 3;

  static LabelledFlights write(FlightEvents events, Path folder) {
    String labels = folder.resolve("labels").toString();
    Dataset<Row> flights = events.repeated(1);
    flights
        .withColumn("label", monotonically_increasing_id())
        .filter(col("label").mod(FLIGHTS_A_LABEL).equalTo(0))
        .select(
            col("label"),
            col("origin"),
            col("destination"),
            date_trunc("hour", col("at")).as("label_time"))
        .write()
        .parquet(labels);
    FlightArchive archive =
        new FlightArchive(events.spark(), flights, folder.resolve("warehouse").toString());
    archive.append(START, START.plus(Duration.ofDays(FlightEvents.DAYS)));
    return new LabelledFlights(archive, labels, folder);
  }

  SparkSession spark() {
    return archive.spark();
  }

  /** A place where nothing is yet. */
  String output(String what, int round) {
    return folder.resolve(what + "-" + round).toString();
  }

  private static ViewPlan view(int number, List<String> keys, Duration window) {
    return FlightViews.view(number, keys, Tier.DAILY, List.of(Window.ofMillis(window.toMillis())));
  }
}
