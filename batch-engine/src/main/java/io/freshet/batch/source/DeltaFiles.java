package io.freshet.batch.source;

import io.delta.tables.DeltaTable;
import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import scala.Option;

/** A Delta table: its metadata names it, and its log numbers its versions. */
record DeltaFiles(SparkSession spark, String path, String id, long version) implements TableFiles {
  /**
   * @throws FreshetException if there is no Delta table
   */
  static DeltaFiles open(SparkSession spark, String path) {
    if (!DeltaTable.isDeltaTable(spark, path)) {
      throw new FreshetException(
          ErrorCategory.USER,
          "Cannot read the Delta table at %s: there is none, correct its path or write it"
              .formatted(path));
    }
    Snapshot now = DeltaLog.forTable(spark, path).update(false, Option.empty(), Option.empty());
    return new DeltaFiles(spark, path, now.metadata().id(), now.version());
  }

  @Override
  public Dataset<Row> read(long wanted) {
    return spark.read().format("delta").option("versionAsOf", wanted).load(path);
  }
}
