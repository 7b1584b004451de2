package io.freshet.batch.archive;

import static io.freshet.batch.table.SparkColumns.named;
import static io.freshet.plan.BatchRunPlan.DeadLetters.SENT_BY_RUN;
import static org.apache.spark.sql.functions.lit;

import io.freshet.batch.table.CommitId;
import io.freshet.plan.PlanCodec;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Takes one micro-batch of records to the tables. A micro-batch that is repeated after a failure
 * has the same number and the same records, so that a table that already has it passes over it.
 */
final class MicroBatch implements VoidFunction2<Dataset<Row>, Long> {
  /** The local property that names a query across restarts, as its checkpoint keeps it. */
  private static final String QUERY_ID = "sql.streaming.queryId";

  private final ArchiveRun run;
  private final ArchiveTables tables;
  private ArchiveCounts counts = ArchiveCounts.NONE;

  MicroBatch(ArchiveRun run, ArchiveTables tables) {
    this.run = run;
    this.tables = tables;
  }

  /** What became of the records of all micro-batches so far. */
  ArchiveCounts counts() {
    return counts;
  }

  @Override
  public void call(Dataset<Row> records, Long number) {
    String query = records.sparkSession().sparkContext().getLocalProperty(QUERY_ID);
    CommitId commit = new CommitId("freshet-archive-" + query, number);
    Dataset<Row> decoded =
        records
            .mapPartitions(
                new DecodeRecords(PlanCodec.encodeToString(run.source())),
                Encoders.row(ArchiveSchema.decoded(run.source())))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      ArchiveCounts found = count(decoded);
      if (found.events() > 0) {
        archive(decoded, commit);
      }
      if (found.rejected() > 0) {
        reject(decoded, commit);
      }
      counts = counts.plus(found);
    } finally {
      decoded.unpersist();
    }
  }

  private static ArchiveCounts count(Dataset<Row> decoded) {
    Row found =
        decoded
            .agg(functions.count(lit(1)), functions.count(named(ArchiveSchema.REJECTED_KIND)))
            .first();
    return new ArchiveCounts(found.getLong(0) - found.getLong(1), found.getLong(1));
  }

  private void archive(Dataset<Row> decoded, CommitId commit) {
    Dataset<Row> events =
        decoded
            .filter(named(ArchiveSchema.REJECTED_KIND).isNull())
            .select(ArchiveSchema.archiveColumns(run.source()));
    tables.archive().append(events.hint("rebalance", named(ArchiveSchema.EVENT_DATE)), commit);
  }

  private void reject(Dataset<Row> decoded, CommitId commit) {
    Dataset<Row> rejected =
        decoded
            .filter(named(ArchiveSchema.REJECTED_KIND).isNotNull())
            .select(ArchiveSchema.rejectedColumns());
    tables.rejected().append(rejected, commit);
    if (run.deadLetters() == SENT_BY_RUN) {
      new DeadLetters(run.bootstrapServers(), run.source()).send(rejected);
    }
  }
}
