package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.batch.materialize.TakenEvents.Seen;
import io.freshet.batch.source.EventTable;
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
 */
record NewEvents(EventTable table, SourcePlan source, List<Seen> seen) {
  private static final Object[] CAME = {"insert", "update_postimage"};

  NewEvents {
    seen = List.copyOf(seen);
  }

  /** Whether events were changed or taken away since: what the views have is no longer right. */
  boolean hasCorrections() {
    return hasNewVersions() && table.hasRemovalsAfter(oldestVersion());
  }

  /** The events that were changed or taken away, as they were, with the version that did it. */
  Dataset<Row> gone() {
    return table
        .changesAfter(oldestVersion())
        .filter(not(named(EventTable.CHANGE).isin(CAME)))
        .drop(EventTable.CHANGE);
  }

  /** Rows of the table, each with the version that added it. */
  Dataset<Row> rows() {
    Dataset<Row> fresh = hasNewVersions() ? dated().unionByName(added(), true) : dated();
    Deduplication copies = source.deduplication();
    return copies == null ? fresh : withEarlier(copies, fresh);
  }

  private long oldestVersion() {
    return seen.stream().mapToLong(Seen::version).min().orElse(table.version());
  }

  private boolean hasNewVersions() {
    return oldestVersion() < table.version();
  }

  private Instant oldestTick() {
    return Instant.ofEpochMilli(seen.stream().mapToLong(Seen::beforeMillis).min().orElse(0));
  }

  private Dataset<Row> added() {
    return table
        .changesAfter(oldestVersion())
        .filter(named(EventTable.CHANGE).isin(CAME))
        .drop(EventTable.CHANGE);
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
    return table.rows(oldestVersion()).withColumn(ArchiveSchema.VERSION, lit(oldestVersion()));
  }

  private static LocalDate dateOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
