package io.freshet.batch.archive;

import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.Warehouse;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The tables that the topic's records go to. */
public record ArchiveTables(DeltaFolder archive, DeltaFolder rejected) {
  /** The tables of a source, which are made if they are not there. */
  public static ArchiveTables ensured(SparkSession spark, ArchiveRun run) {
    Warehouse warehouse = run.tables();
    return new ArchiveTables(
        new DeltaFolder(spark, warehouse.archive())
            .ensured(
                ArchiveSchema.archive(run.source()),
                ArchiveSchema.EVENT_DATE,
                Map.of("delta.enableChangeDataFeed", "true")),
        rejected(spark, warehouse));
  }

  /** The table of what is no event, which is made if it is not there. */
  public static DeltaFolder rejected(SparkSession spark, Warehouse warehouse) {
    return new DeltaFolder(spark, warehouse.rejected())
        .ensured(ArchiveSchema.rejected(), ArchiveSchema.KIND, Map.of());
  }
}
