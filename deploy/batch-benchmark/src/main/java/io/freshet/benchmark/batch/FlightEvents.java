package io.freshet.benchmark.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.rand;

import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Departures of flights: {@code at, origin, destination, delay, distance}. They are those of a
 * Parquet file with these columns ({@code date} in place of {@code at}), repeated over later days,
 * or such as these: half a year of three million flights of 300 airports, a few of which have most.
 */
record FlightEvents(SparkSession spark, @Nullable Path file, long seed) {
  static final int DAYS = 181;
  private static final int ROWS = 3_000_000;
  private static final int AIRPORTS = 300;
  private static final int SLICES = 8;

  /**
   * @param copies how often half a year is repeated, each time over the next half year
   */
  Dataset<Row> repeated(int copies) {
    Dataset<Row> once = file == null ? generated() : read(file);
    return once.crossJoin(spark.range(0, copies, 1, 1).toDF("copy"))
        .withColumn("at", expr("at + make_interval(0, 0, 0, cast(copy * " + DAYS + " as int))"))
        .drop("copy");
  }

  private Dataset<Row> read(Path parquet) {
    return spark
        .read()
        .parquet(parquet.toString())
        .select(
            col("date").cast("timestamp").as("at"),
            col("origin"),
            col("destination"),
            col("delay").cast("long").as("delay"),
            col("distance").cast("double").as("distance"));
  }

  private Dataset<Row> generated() {
    return spark
        .range(0, ROWS, 1, SLICES)
        .select(
            expr("timestamp'2001-01-01 00:00:00' + make_interval(0, 0, 0, 0, 0, 0, id * %f)"
                    .formatted(DAYS * 86_400.0 / ROWS))
                .as("at"),
            airport(seed).as("origin"),
            airport(seed + 1).as("destination"),
            rand(seed + 2)
                .multiply(rand(seed + 3))
                .multiply(240)
                .minus(20)
                .cast("long")
                .as("delay"),
            rand(seed + 4).multiply(2_400).plus(100).cast("double").as("distance"));
  }

  private static Column airport(long seed) {
    return concat(lit("A"), pow(rand(seed), 3).multiply(AIRPORTS).cast("int"));
  }
}
