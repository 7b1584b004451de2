package io.freshet.batch.source;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.batch.table.CommitId;
import io.freshet.batch.table.DeltaFolder;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Records the rows of a table that are no events: each once, however often it is read. */
record RejectedRows(ExternalTable table, DeltaFolder rejected) {
  /**
   * Looks through what came since the version that was looked through last; the commit names the
   * version.
   *
   * @return how many were not known
   */
  long record() {
    OptionalLong last = rejected.state().committed(application());
    if (last.isPresent() && last.getAsLong() == table.version()) {
      return 0;
    }
    long before = rejected.read().count();
    String[] identity = {ArchiveSchema.OFFSET, ArchiveSchema.KIND};
    Dataset<Row> known =
        rejected
            .readPinned()
            .filter(named(ArchiveSchema.VIEW).isNull())
            .select(named(ArchiveSchema.OFFSET), named(ArchiveSchema.KIND));
    rejected.append(
        found(last).join(known, identity, "left_anti"),
        new CommitId(application(), table.version()));
    return rejected.read().count() - before;
  }

  private Dataset<Row> found(OptionalLong last) {
    return last.isPresent() && table.tellsChangesAfter(last.getAsLong())
        ? table.rejectedAfter(last.getAsLong())
        : table.rejected();
  }

  private String application() {
    return "freshet-rejected/" + table.id();
  }
}
