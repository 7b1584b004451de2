package io.freshet.examples.lateflights;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.dayofweek;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.to_date;

import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Real departures: the time a flight was due, and by how many minutes it left late. */
record Flights(Dataset<Row> rows) {
  private static final int LATE_MINUTES = 15;

  /** Labels begin when the features have some days to look back on. */
  private static final int DAYS_BEFORE_LABELS = 4;

  /** One flight of so many is a label: enough to learn from, and quick. */
  private static final int SAMPLED = 4;

  static Flights read(SparkSession spark, Path csv) {
    return new Flights(
        spark
            .read()
            .option("header", "true")
            .csv(csv.toString())
            .select(
                col("date").cast("timestamp").as("departed_at"),
                col("origin"),
                col("destination"),
                col("delay").cast("long").as("delay"),
                col("distance").cast("double").as("distance")));
  }

  void writeDepartures(Path table) {
    rows.select("departed_at", "origin", "destination", "delay").write().parquet(table.toString());
  }

  /** What is known of a flight when it is due, and what became of it. */
  void writeLabels(Path spine) {
    LocalDate first =
        rows.agg(date_add(min(to_date(col("departed_at"))), DAYS_BEFORE_LABELS))
            .first()
            .getDate(0)
            .toLocalDate();
    rows.filter(to_date(col("departed_at")).geq(first))
        .filter(
            abs(hash(col("departed_at"), col("origin"), col("destination")))
                .mod(SAMPLED)
                .equalTo(0))
        .select(
            col("departed_at").as("due_at"),
            col("origin"),
            col("destination"),
            col("distance"),
            hour(col("departed_at")).as("hour"),
            dayofweek(col("departed_at")).as("weekday"),
            col("delay").gt(LATE_MINUTES).as("late"))
        .write()
        .parquet(spine.toString());
  }
}
