package io.freshet.batch.source;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table that others write, with the columns that they gave it. */
interface TableFiles {
  String id();

  /** The version that it had when it was opened. */
  long version();

  /** All rows of a version, with Spark's hidden column of their files. */
  Dataset<Row> read(long version);
}
