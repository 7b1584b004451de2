package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.batch.table.CommitId;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.event.Rejection.Kind;
import io.freshet.plan.BatchRunPlan;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Records the events that an expression of a view failed on, each once a view. */
record FailedEvents(BatchRunPlan plan, DeltaFolder rejected) {
  /**
   * @param tiles rows of {@link InputSchema#tiles}; those with a failure are recorded
   * @return how many were not known from an earlier tick
   */
  long record(Dataset<Row> tiles) {
    String[] identity = {ArchiveSchema.VIEW, ArchiveSchema.PARTITION, ArchiveSchema.OFFSET};
    Dataset<Row> known =
        rejected
            .read()
            .filter(named(ArchiveSchema.KIND).equalTo(Kind.EXPRESSION_FAILED.name()))
            .select(named(identity[0]), named(identity[1]), named(identity[2]));
    Dataset<Row> fresh = failures(tiles).join(known, identity, "left_anti").cache();
    try {
      long count = fresh.count();
      if (count > 0) {
        rejected.append(
            fresh,
            new CommitId(plan.runId() + "/rejected", Integer.toUnsignedLong(plan.sequence())));
      }
      return count;
    } finally {
      fresh.unpersist();
    }
  }

  private static Dataset<Row> failures(Dataset<Row> tiles) {
    return tiles
        .filter(named(InputSchema.FAILURE).isNotNull())
        .select(
            named(InputSchema.PARTITION).as(ArchiveSchema.PARTITION),
            named(InputSchema.OFFSET).as(ArchiveSchema.OFFSET),
            named(InputSchema.ARRIVED_AT).as(ArchiveSchema.ARRIVED_AT),
            named(InputSchema.VIEW).as(ArchiveSchema.VIEW),
            lit(Kind.EXPRESSION_FAILED.name()).as(ArchiveSchema.KIND),
            named(InputSchema.FAILURE).as(ArchiveSchema.REASON),
            lit(null).cast(DataTypes.BinaryType).as(ArchiveSchema.KEY),
            lit(null).cast(DataTypes.BinaryType).as(ArchiveSchema.VALUE));
  }
}
