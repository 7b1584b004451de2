package io.freshet.batch;

import io.freshet.batch.Flights.Flight;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TableFormat;
import io.freshet.plan.TablePlan;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A table of flights that somebody else writes, with a column that no source asks for. */
record ExternalFlights(SparkSession spark, TableFormat format, Path folder) {
  static final StructType SCHEMA =
      new StructType()
          .add("at", DataTypes.TimestampType)
          .add("origin", DataTypes.StringType)
          .add("destination", DataTypes.StringType)
          .add("delay", DataTypes.LongType)
          .add("distance", DataTypes.DoubleType)
          .add("tail_number", DataTypes.StringType);

  /** The flights of a source, from this table. */
  SourcePlan source(String name) {
    return Flights.source(name).over(new TablePlan(format, folder.toString()));
  }

  /** Adds flights, in one commit. */
  void append(Collection<Flight> flights) {
    append(rows(flights));
  }

  void append(Dataset<Row> rows) {
    rows.coalesce(2)
        .write()
        .format(format.wireName())
        .mode(SaveMode.Append)
        .save(folder.toString());
  }

  Dataset<Row> rows(Collection<Flight> flights) {
    List<Row> rows =
        flights.stream()
            .map(
                flight ->
                    RowFactory.create(
                        flight.at(),
                        flight.origin(),
                        flight.destination(),
                        flight.delay(),
                        flight.distance(),
                        "N1"))
            .toList();
    return spark.createDataFrame(rows, SCHEMA);
  }

  /** The same run where no Kafka is. */
  static BatchRunPlan withoutKafka(BatchRunPlan plan) {
    return new BatchRunPlan(
        plan.runId(),
        plan.source(),
        plan.views(),
        plan.asOfMillis(),
        plan.sequence(),
        "127.0.0.1:1",
        plan.onlineStore(),
        plan.warehouse(),
        plan.rows(),
        plan.deadLetters(),
        plan.resultFile());
  }
}
