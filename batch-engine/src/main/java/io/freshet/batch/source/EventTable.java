package io.freshet.batch.source;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.TablePlan;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The events of a source, as they were when it was opened, whatever is written to it since. */
public interface EventTable {
  /**
   * How a row of {@link #changesAfter} came or went: {@code insert}, {@code delete}, {@code
   * update_preimage} or {@code update_postimage}, as Delta's change data feed has it.
   */
  String CHANGE = "_change_type";

  /** Names the table: what was counted of one says nothing of another. */
  String id();

  /** The version that the table had when it was opened. */
  long version();

  /** How much the files hold of the version that the table had when it was opened. */
  long bytes();

  /**
   * The events of a version: the source's columns (those of an archive may lack some that were
   * added), then partition, offset, arrival and UTC date as {@link
   * io.freshet.batch.archive.ArchiveSchema} names them. In a table that others write the partition
   * is 0, the offset is a hash of the row, and a row arrived when its file was written.
   */
  Dataset<Row> rows(long version);

  /** Whether all that changed after a version can still be told. */
  boolean tellsChangesAfter(long version);

  /** Whether rows were changed or taken away after a version. */
  boolean hasRemovalsAfter(long version);

  /**
   * What came and went after a version, up to that of the opening: the columns of {@link #rows},
   * then {@link #CHANGE} and {@link io.freshet.batch.archive.ArchiveSchema#VERSION}. A table that
   * has no change data feed may also say of rows that stayed that they went and came.
   */
  Dataset<Row> changesAfter(long version);

  /**
   * Opens the archive of the source's topic, which must be there, or the table that has its events.
   *
   * @param warehouse the root folder or URI of the archives
   * @throws io.freshet.error.FreshetException if the table is not there
   * @throws io.freshet.error.InvalidInputException with every column that the table lacks or has of
   *     another type
   */
  static EventTable of(SparkSession spark, SourcePlan source, String warehouse) {
    TablePlan table = source.table();
    return table == null
        ? TopicArchive.open(spark, source, warehouse)
        : ExternalTable.open(spark, source, table);
  }
}
