package io.freshet.batch.source;

import io.freshet.batch.archive.ArchiveCounts;
import io.freshet.batch.archive.ArchiveRun;
import io.freshet.batch.archive.ArchiveTables;
import io.freshet.batch.archive.TopicArchiver;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.Warehouse;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.TablePlan;
import org.apache.spark.sql.SparkSession;

/**
 * The events of a run's source, taken in.
 *
 * @param rejected what is no event, with its reason
 * @param counts what became of what is new; nothing of a table is archived
 */
public record SourceEvents(EventTable table, DeltaFolder rejected, ArchiveCounts counts) {
  /** Archives the topic's new events, or opens the table that has them, without a look at Kafka. */
  public static SourceEvents takenIn(SparkSession spark, BatchRunPlan plan) {
    TablePlan table = plan.source().table();
    return table == null ? archived(spark, plan) : opened(spark, plan, table);
  }

  private static SourceEvents archived(SparkSession spark, BatchRunPlan plan) {
    ArchiveRun run = ArchiveRun.of(plan);
    ArchiveTables tables = ArchiveTables.ensured(spark, run);
    ArchiveCounts counts = TopicArchiver.archive(spark, run, tables);
    EventTable archive = EventTable.of(spark, plan.source(), plan.warehouse());
    return new SourceEvents(archive, tables.rejected(), counts);
  }

  private static SourceEvents opened(SparkSession spark, BatchRunPlan plan, TablePlan table) {
    ExternalTable external = ExternalTable.open(spark, plan.source(), table);
    DeltaFolder rejected = ArchiveTables.rejected(spark, Warehouse.of(plan));
    long found = new RejectedRows(external, rejected).record();
    return new SourceEvents(external, rejected, new ArchiveCounts(0, found));
  }
}
