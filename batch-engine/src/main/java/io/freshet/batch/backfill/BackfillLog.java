package io.freshet.batch.backfill;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.freshet.batch.materialize.LogSchema;
import io.freshet.batch.table.CommitId;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.Warehouse;
import io.freshet.plan.BackfillPlan;
import io.freshet.plan.BackfillPlan.Ranges;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The feature log of a view, as backfills see it. Each chunk is a transaction of Delta under a name
 * that says which ticks were computed by which run: the log itself knows what is done.
 *
 * @param ownFromMillis from when on a backfill leaves the log to the view's own runs; null if they
 *     have no rows yet
 */
record BackfillLog(
    BackfillPlan plan, ViewPlan view, DeltaFolder table, @Nullable Long ownFromMillis) {
  private static final String APPLICATION = "freshet-backfill/";
  private static final long ONLY_VERSION = 1;

  static BackfillLog ensured(SparkSession spark, BackfillPlan plan, ViewPlan view) {
    DeltaFolder table =
        new DeltaFolder(
                spark, Warehouse.of(plan.warehouse(), plan.source()).featureLog(view.number()))
            .ensured(LogSchema.of(view.view()), LogSchema.DATE, Map.of());
    return new BackfillLog(plan, view, table, ownFrom(plan, table));
  }

  private static @Nullable Long ownFrom(BackfillPlan plan, DeltaFolder table) {
    Column asOf = named(LogSchema.AS_OF);
    Instant own =
        table
            .read()
            .filter(named(LogSchema.SEQUENCE).notEqual(lit(LogSchema.BACKFILLED)))
            .agg(plan.ranges() == Ranges.MISSING ? min(asOf) : max(asOf))
            .first()
            .getAs(0);
    return own == null ? null : (Long) own.toEpochMilli();
  }

  /** The ticks that backfills have computed. */
  List<Ticks> done() {
    return done("").toList();
  }

  /** The ticks that the run has computed, in this attempt or earlier ones. */
  List<Ticks> doneByRun() {
    return done("/" + plan.runId()).toList();
  }

  private Stream<Ticks> done(String suffix) {
    return table.state().applications(APPLICATION).stream()
        .filter(name -> name.endsWith(suffix))
        .map(this::ticksOf);
  }

  private Ticks ticksOf(String application) {
    String[] parts = application.split("/", 4);
    return Ticks.between(
        Long.parseLong(parts[1]), Long.parseLong(parts[2]), view.tier().period().toMillis());
  }

  /** Puts the rows of ticks in place of those that the log has of them, unless that was done. */
  void commit(Ticks ticks, Dataset<Row> rows) {
    String name =
        "%s%d/%d/%s".formatted(APPLICATION, ticks.fromMillis(), ticks.toMillis(), plan.runId());
    table.replaceWhere(replaced(ticks), byDay(rows), new CommitId(name, ONLY_VERSION));
  }

  /** Rows spread over files as they are to be written. */
  static Dataset<Row> byDay(Dataset<Row> rows) {
    return rows.hint("rebalance", named(LogSchema.DATE));
  }

  /** Only where all ranges are wanted, rows of the view's own runs are replaced. */
  private String replaced(Ticks ticks) {
    long end = ownFromMillis == null ? ticks.toMillis() : Math.min(ticks.toMillis(), ownFromMillis);
    String ofTicks =
        "%1$s >= DATE '%2$s' AND %1$s <= DATE '%3$s' AND %4$s >= TIMESTAMP '%5$s' AND %4$s < TIMESTAMP '%6$s'"
            .formatted(
                LogSchema.DATE,
                dateOf(ticks.fromMillis()),
                dateOf(end),
                LogSchema.AS_OF,
                Instant.ofEpochMilli(ticks.fromMillis()),
                Instant.ofEpochMilli(end));
    return plan.ranges() == Ranges.ALL
        ? ofTicks
        : ofTicks + " AND %s = %d".formatted(LogSchema.SEQUENCE, LogSchema.BACKFILLED);
  }

  /** How many rows backfills have put in for the ticks. */
  long rows(List<Ticks> ticks) {
    return ticks.isEmpty()
        ? 0
        : table
            .read()
            .filter(named(LogSchema.SEQUENCE).equalTo(lit(LogSchema.BACKFILLED)))
            .filter(ticks.stream().map(BackfillLog::isOf).reduce(Column::or).orElseThrow())
            .count();
  }

  private static Column isOf(Ticks ticks) {
    return named(LogSchema.DATE)
        .geq(lit(dateOf(ticks.fromMillis())))
        .and(named(LogSchema.DATE).leq(lit(dateOf(ticks.toMillis()))))
        .and(named(LogSchema.AS_OF).geq(lit(Instant.ofEpochMilli(ticks.fromMillis()))))
        .and(named(LogSchema.AS_OF).lt(lit(Instant.ofEpochMilli(ticks.toMillis()))));
  }

  private static LocalDate dateOf(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
