package io.freshet.batch.source;

import io.freshet.batch.table.DeltaFolder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The archive of a topic. */
final class TopicArchive implements EventTable {
  private final DeltaFolder folder;
  private final String id;
  private final long version;

  TopicArchive(DeltaFolder folder) {
    this.folder = folder;
    this.id = folder.id();
    this.version = folder.version();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public Dataset<Row> rows(long wanted) {
    return folder.readAt(wanted);
  }
}
