package io.freshet.batch.source;

import io.freshet.batch.table.DeltaFolder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The archive of a topic. */
record TopicArchive(DeltaFiles files) implements EventTable {
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
