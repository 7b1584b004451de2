package io.freshet.benchmark.batch;

import io.freshet.plan.ViewPlan;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The training set as a user of Spark SQL would write it: labels among the events, and a window
 * over both for each view.
 */
record PlainSql(LabelledFlights flights) {
  Void write(String path) {
    read();
    flights.spark().sql(query()).write().parquet(path);
    return null;
  }

  Void scan() {
    read().forEach(table -> table.write().format("noop").mode("overwrite").save());
    return null;
  }

  private List<Dataset<Row>> read() {
    Dataset<Row> labels = flights.spark().read().parquet(flights.labels());
    Dataset<Row> events =
        flights
            .spark()
            .read()
            .format("delta")
            .load(flights.archive().table().path())
            .select("at", "origin", "destination", "delay");
    labels.createOrReplaceTempView("labels");
    events.createOrReplaceTempView("events");
    return List.of(labels, events);
  }

  private static String query() {
    return """
        SELECT label, origin, destination, label_time, %s
        FROM (
          SELECT *, %s
          FROM (
            SELECT null AS label, origin, destination, at AS label_time, 1 AS one, delay FROM events
            UNION ALL
            SELECT label, origin, destination, label_time, null AS one, null AS delay FROM labels)
          WINDOW %s)
        WHERE label IS NOT NULL"""
        .formatted(
            each("view_%1$d__count_0, view_%1$d__sum_0, view_%1$d__average_0"),
            each(
                "count(one) OVER w%1$d AS view_%1$d__count_0,"
                    + " sum(delay) OVER w%1$d AS view_%1$d__sum_0,"
                    + " avg(delay) OVER w%1$d AS view_%1$d__average_0"),
            LabelledFlights.VIEWS.stream().map(PlainSql::window).collect(Collectors.joining(", ")));
  }

  private static String each(String columns) {
    return LabelledFlights.VIEWS.stream()
        .map(view -> columns.formatted(view.number()))
        .collect(Collectors.joining(", "));
  }

  private static String window(ViewPlan view) {
    return """
        w%d AS (
          PARTITION BY %s ORDER BY label_time
          RANGE BETWEEN INTERVAL '%d' SECOND PRECEDING
              AND INTERVAL '0.000001' SECOND PRECEDING)"""
        .formatted(
            view.number(),
            String.join(", ", view.view().keyColumns()),
            view.view().features().get(0).window().lengthMillis() / 1_000);
  }
}
