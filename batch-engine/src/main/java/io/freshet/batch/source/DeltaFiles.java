package io.freshet.batch.source;

import io.freshet.batch.table.DeltaFolder;
import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Delta table: its metadata names it, and its log numbers its versions. */
record DeltaFiles(DeltaFolder folder, String id, long version) implements TableFiles {
  /**
   * @throws FreshetException if there is no Delta table
   */
  static DeltaFiles open(SparkSession spark, String path) {
    DeltaFolder folder = new DeltaFolder(spark, path);
    if (!folder.exists()) {
      throw new FreshetException(
          ErrorCategory.USER,
          "Cannot read the Delta table at %s: there is none, correct its path or write it"
              .formatted(path));
    }
    return new DeltaFiles(folder, folder.id(), folder.version());
  }

  @Override
  public Dataset<Row> read(long wanted) {
    return folder.readAt(wanted);
  }
}
