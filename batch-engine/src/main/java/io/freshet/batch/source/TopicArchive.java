package io.freshet.batch.source;

import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.Warehouse;
import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.plan.SourcePlan;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The archive of a topic. */
record TopicArchive(DeltaFiles files) implements EventTable {
  /**
   * @throws FreshetException if nothing was archived yet
   */
  static TopicArchive open(SparkSession spark, SourcePlan source, String warehouse) {
    String path = Warehouse.of(warehouse, source).archive();
    if (!new DeltaFolder(spark, path).exists()) {
      throw new FreshetException(
          ErrorCategory.USER,
          "Cannot read events: source %s has no archive in %s yet, materialize it first"
              .formatted(source.name(), path));
    }
    return new TopicArchive(DeltaFiles.open(spark, path));
  }

  @Override
  public String id() {
    return files.id();
  }

  @Override
  public long version() {
    return files.version();
  }

  @Override
  public long bytes() {
    return files.bytes();
  }

  @Override
  public Dataset<Row> rows(long version) {
    return files.read(version);
  }

  @Override
  public boolean tellsChangesAfter(long version) {
    return files.tellsChangesAfter(version);
  }

  @Override
  public boolean hasRemovalsAfter(long version) {
    return files.hasRemovalsAfter(version);
  }

  @Override
  public Dataset<Row> changesAfter(long version) {
    return files.changesAfter(version).drop(DeltaFolder.COMMITTED_AT);
  }
}
