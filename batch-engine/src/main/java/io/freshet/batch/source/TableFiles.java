package io.freshet.batch.source;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table that others write, with the columns that they gave it. */
interface TableFiles {
  String id();

  /** The version that it had when it was opened. */
  long version();

  /** How much the files of that version hold. */
  long bytes();

  /** All rows of a version, with Spark's hidden column of their files. */
  Dataset<Row> read(long version);

  /** Whether all that changed after a version can still be told. */
  boolean tellsChangesAfter(long version);

  /** Whether rows were changed or taken away after a version. */
  boolean hasRemovalsAfter(long version);

  /** All rows that came and went after a version, with Delta's columns of their changes. */
  Dataset<Row> changesAfter(long version);
}
