package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.batch.materialize.TakenEvents.Seen;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The events of a source's table that some view has not taken yet: those of newer versions, and
 * those that were dated at its last tick or after. Nothing else is read, but for the events that
 * tell which of them are copies.
 *
 * @param seen what the views have taken
 * @param through the version up to which events are wanted
 */
record NewEvents(DeltaFolder table, SourcePlan source, List<Seen> seen, long through) {
  private static final String CHANGE = "_change_type";
  private static final String CHANGED_AT = "_commit_timestamp";
  private static final String INSERT = "insert";

  NewEvents {
    seen = List.copyOf(seen);
  }

  /** Whether events were changed or taken away since: what the views have is no longer right. */
  boolean hasCorrections() {
    return oldestVersion() < through
        && !table
            .changes(oldestVersion(), through)
            .filter(named(CHANGE).notEqual(INSERT))
            .isEmpty();
  }

  /** Rows of the table, each with the version that added it. */
  Dataset<Row> rows() {
    Dataset<Row> fresh = oldestVersion() < through ? dated().unionByName(added(), true) : dated();
    Deduplication copies = source.deduplication();
    return copies == null ? fresh : withEarlier(copies, fresh);
  }

  private long oldestVersion() {
    return seen.stream().mapToLong(Seen::version).min().orElse(through);
  }

  private Instant oldestTick() {
    return Instant.ofEpochMilli(seen.stream().mapToLong(Seen::beforeMillis).min().orElse(0));
  }

  private Dataset<Row> added() {
    return table
        .changes(oldestVersion(), through)
        .filter(named(CHANGE).equalTo(INSERT))
        .drop(CHANGE, CHANGED_AT);
  }

  private Dataset<Row> dated() {
    return atOldestVersion()
        .filter(named(ArchiveSchema.EVENT_DATE).geq(lit(dateOf(oldestTick()))))
        .filter(named(source.eventTime()).geq(lit(oldestTick())));
  }

  private Dataset<Row> withEarlier(Deduplication copies, Dataset<Row> fresh) {
    Row span = fresh.agg(min(named(source.eventTime())), max(named(source.eventTime()))).first();
    if (span.isNullAt(0)) {
      return fresh;
    }
    Duration within = Duration.ofMillis(copies.withinMillis());
    Instant from = span.<Instant>getAs(0).minus(within);
    Instant to = span.<Instant>getAs(1).plus(within);
    Dataset<Row> ids = fresh.select(named(copies.id())).distinct();
    Dataset<Row> earlier =
        atOldestVersion()
            .filter(named(ArchiveSchema.EVENT_DATE).between(lit(dateOf(from)), lit(dateOf(to))))
            .filter(named(source.eventTime()).between(lit(from), lit(to)))
            .filter(named(source.eventTime()).lt(lit(oldestTick())))
            .join(ids, new String[] {copies.id()}, "left_semi");
    return fresh.unionByName(earlier, true);
  }

  private Dataset<Row> atOldestVersion() {
    return table.readAt(oldestVersion()).withColumn(ArchiveSchema.VERSION, lit(oldestVersion()));
  }

  private static LocalDate dateOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
