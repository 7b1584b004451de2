package io.freshet.benchmark.batch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.to_date;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.Warehouse;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** An archive of flights, as batch runs leave one of a topic's events. */
record FlightArchive(SparkSession spark, Dataset<Row> flights, String warehouse) {
  /** Archives the flights of a time, in one commit. */
  void append(Instant from, Instant to) {
    flights
        .filter(col("at").geq(lit(from)).and(col("at").lt(lit(to))))
        .withColumn(ArchiveSchema.PARTITION, lit(0))
        .withColumn(ArchiveSchema.OFFSET, monotonically_increasing_id())
        .withColumn(ArchiveSchema.ARRIVED_AT, col("at"))
        .withColumn(ArchiveSchema.EVENT_DATE, to_date(col("at")))
        .repartition(col(ArchiveSchema.EVENT_DATE))
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .partitionBy(ArchiveSchema.EVENT_DATE)
        .option("delta.enableChangeDataFeed", "true")
        .save(table().path());
  }

  DeltaFolder table() {
    return new DeltaFolder(spark, Warehouse.of(warehouse, FlightViews.SOURCE).archive());
  }
}
