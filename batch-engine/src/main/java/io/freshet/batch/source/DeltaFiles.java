package io.freshet.batch.source;

import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.DeltaState;
import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Delta table: its metadata names it, and its log numbers its versions. */
record DeltaFiles(DeltaFolder table, String id, long version, long bytes) implements TableFiles {
  /**
   * @throws FreshetException if there is no Delta table
   */
  static DeltaFiles open(SparkSession spark, String path) {
    DeltaFolder table = new DeltaFolder(spark, path);
    if (!table.exists()) {
      throw new FreshetException(
          ErrorCategory.USER,
          "Cannot read the Delta table at %s: there is none, correct its path or write it"
              .formatted(path));
    }
    DeltaState now = table.state();
    return new DeltaFiles(table, now.id(), now.version(), now.bytes());
  }

  @Override
  public Dataset<Row> read(long wanted) {
    return table.readAt(wanted);
  }

  @Override
  public boolean tellsChangesAfter(long earlier) {
    return earlier == version || table.hasCommit(earlier + 1);
  }

  @Override
  public boolean hasRemovalsAfter(long earlier) {
    return table.hasRemovals(earlier, version);
  }

  @Override
  public Dataset<Row> changesAfter(long earlier) {
    return table.changes(earlier, version);
  }
}
