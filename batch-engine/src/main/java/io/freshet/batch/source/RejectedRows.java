package io.freshet.batch.source;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.batch.table.CommitId;
import io.freshet.batch.table.DeltaFolder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Records the rows of a table that are no events: each once, however often it is read. */
record RejectedRows(ExternalTable table, DeltaFolder rejected) {
  /**
   * Looks through a version once: the commit names it, so that Delta passes over another.
   *
   * @return how many were not known
   */
  long record() {
    long before = rejected.read().count();
    String[] identity = {ArchiveSchema.OFFSET, ArchiveSchema.KIND};
    Dataset<Row> known =
        rejected
            .readPinned()
            .filter(named(ArchiveSchema.VIEW).isNull())
            .select(named(ArchiveSchema.OFFSET), named(ArchiveSchema.KIND));
    rejected.append(
        table.rejected(table.version()).join(known, identity, "left_anti"),
        new CommitId("freshet-rejected/" + table.id(), table.version()));
    return rejected.read().count() - before;
  }
}
