package io.freshet.batch.source;

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
  public Dataset<Row> rows(long version) {
    return files.read(version);
  }
}
