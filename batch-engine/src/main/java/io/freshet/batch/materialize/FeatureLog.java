package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.freshet.batch.table.CommitId;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.Warehouse;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Every row that was computed for a view, by tick, in Delta. A tick's rows are there or not. */
record FeatureLog(BatchRunPlan plan, ViewPlan view, DeltaFolder table) {
  static FeatureLog ensured(SparkSession spark, BatchRunPlan plan, ViewPlan view) {
    DeltaFolder table =
        new DeltaFolder(spark, Warehouse.of(plan).featureLog(view.number()))
            .ensured(LogSchema.of(view.view()), LogSchema.DATE, Map.of());
    return new FeatureLog(plan, view, table);
  }

  /**
   * The newest tick before one that it has served rows of, in the view's epoch; null if there is
   * none. All rows of that tick were served: the log is written after them.
   */
  @Nullable Instant newestBefore(Instant tick) {
    Column isEarlier =
        named(LogSchema.DATE)
            .leq(lit(dateOf(tick)))
            .and(named(LogSchema.AS_OF).lt(lit(tick)))
            .and(named(LogSchema.EPOCH).equalTo(lit(epoch())))
            .and(named(LogSchema.SEQUENCE).notEqual(lit(LogSchema.BACKFILLED)));
    return table.read().filter(isEarlier).agg(max(named(LogSchema.AS_OF))).first().getAs(0);
  }

  /** Puts the rows of the run's tick in place of those that an earlier attempt may have left. */
  void commit(Dataset<Row> rows) {
    Instant tick = Instant.ofEpochMilli(plan.asOfMillis());
    String isOfTick =
        "%s = DATE '%s' AND %s = TIMESTAMP '%s' AND %s = %d"
            .formatted(
                LogSchema.DATE, dateOf(tick), LogSchema.AS_OF, tick, LogSchema.EPOCH, epoch());
    table.replaceWhere(
        isOfTick,
        rows,
        new CommitId(plan.runId() + "/feature-log", Integer.toUnsignedLong(plan.sequence())));
  }

  private long epoch() {
    return Integer.toUnsignedLong(view.epoch());
  }

  private static LocalDate dateOf(Instant tick) {
    return LocalDate.ofInstant(tick, ZoneOffset.UTC);
  }
}
