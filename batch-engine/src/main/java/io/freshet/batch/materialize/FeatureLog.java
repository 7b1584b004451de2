package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

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

/**
 * Every row that was computed for a view, by tick, in Delta. A tick's rows are there or not.
 *
 * @param ticks the newest ticks of the view's epoch that have rows
 */
record FeatureLog(BatchRunPlan plan, ViewPlan view, DeltaFolder table, Ticks ticks) {
  /** So far back the newest ticks are looked for before all of the log is read. */
  private static final int RECENT_DAYS = 3;

  /**
   * @param earlier the newest that was served before the run's tick, all of its rows, as the log is
   *     written after that; null if there is none
   * @param newest served or backfilled; null if there is none
   */
  private record Ticks(@Nullable Instant earlier, @Nullable Instant newest) {
    /** From its newest days, if they tell, or else from all of it. */
    static Ticks of(Dataset<Row> log, Instant tick, long epoch) {
      LocalDate since = dateOf(tick).minusDays(RECENT_DAYS);
      Ticks recent = in(log.filter(named(LogSchema.DATE).geq(lit(since))), tick, epoch);
      return recent.earlier() == null ? in(log, tick, epoch) : recent;
    }

    private static Ticks in(Dataset<Row> log, Instant tick, long epoch) {
      Column isEarlier =
          named(LogSchema.AS_OF)
              .lt(lit(tick))
              .and(named(LogSchema.SEQUENCE).notEqual(lit(LogSchema.BACKFILLED)));
      Row found =
          log.filter(named(LogSchema.EPOCH).equalTo(lit(epoch)))
              .agg(max(when(isEarlier, named(LogSchema.AS_OF))), max(named(LogSchema.AS_OF)))
              .first();
      return new Ticks(found.getAs(0), found.getAs(1));
    }
  }

  static FeatureLog ensured(SparkSession spark, BatchRunPlan plan, ViewPlan view) {
    DeltaFolder table =
        new DeltaFolder(spark, Warehouse.of(plan).featureLog(view.number()))
            .ensured(LogSchema.of(view.view()), LogSchema.DATE, Map.of());
    Instant tick = Instant.ofEpochMilli(plan.asOfMillis());
    return new FeatureLog(
        plan, view, table, Ticks.of(table.read(), tick, Integer.toUnsignedLong(view.epoch())));
  }

  /** The tick that was served last before the run's; null if there is none. */
  @Nullable Instant served() {
    return ticks.earlier();
  }

  /** Puts the rows of the run's tick in place of those that an earlier attempt may have left. */
  void commit(Dataset<Row> rows) {
    CommitId commit =
        new CommitId(plan.runId() + "/feature-log", Integer.toUnsignedLong(plan.sequence()));
    Instant tick = Instant.ofEpochMilli(plan.asOfMillis());
    if (ticks.newest() == null || ticks.newest().isBefore(tick)) {
      table.append(rows, commit);
    } else {
      table.replaceWhere(isOf(tick), rows, commit);
    }
  }

  private String isOf(Instant tick) {
    return "%s = DATE '%s' AND %s = TIMESTAMP '%s' AND %s = %d"
        .formatted(LogSchema.DATE, dateOf(tick), LogSchema.AS_OF, tick, LogSchema.EPOCH, epoch());
  }

  private long epoch() {
    return Integer.toUnsignedLong(view.epoch());
  }

  private static LocalDate dateOf(Instant tick) {
    return LocalDate.ofInstant(tick, ZoneOffset.UTC);
  }
}
