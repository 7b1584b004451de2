package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.batch.table.SparkColumns;
import io.freshet.plan.Deduplication;
import io.freshet.plan.SourcePlan;
import io.freshet.value.Column;
import io.freshet.window.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The archived events at the times that some view takes them of, and where events can have copies
 * also those so near before and after that they tell which are copies; other days are not read.
 */
public final class ArchivedEvents {
  private ArchivedEvents() {}

  /**
   * The source's columns in their order, then the record's partition, offset, arrival and the
   * version that added it, 0 where the rows do not say.
   *
   * @param rows of the archive, all of them
   */
  public static Dataset<Row> select(Dataset<Row> rows, RunViews run) {
    return select(rows, run.source(), run.taken());
  }

  /** The same for views of a source, each with the events that it takes. */
  public static Dataset<Row> select(Dataset<Row> rows, SourcePlan source, List<TakenEvents> views) {
    Deduplication copies = source.deduplication();
    long margin = copies == null ? 0 : copies.withinMillis();
    long from = views.stream().mapToLong(TakenEvents::fromMillis).min().orElse(Long.MAX_VALUE);
    long to = views.stream().mapToLong(TakenEvents::toMillis).max().orElse(Long.MIN_VALUE);
    org.apache.spark.sql.Column time = named(source.eventTime());
    org.apache.spark.sql.Column date = named(ArchiveSchema.EVENT_DATE);
    Dataset<Row> since =
        from == Window.LIFETIME_START ? rows : since(rows, from - margin, date, time);
    return (to == TakenEvents.NO_END ? since : until(since, to + margin, date, time))
        .select(columns(source, Set.of(rows.columns())));
  }

  private static Dataset<Row> since(
      Dataset<Row> rows,
      long from,
      org.apache.spark.sql.Column date,
      org.apache.spark.sql.Column time) {
    return rows.filter(date.geq(lit(dateOf(from))))
        .filter(time.geq(lit(Instant.ofEpochMilli(from))));
  }

  private static Dataset<Row> until(
      Dataset<Row> rows,
      long to,
      org.apache.spark.sql.Column date,
      org.apache.spark.sql.Column time) {
    return rows.filter(date.leq(lit(dateOf(to)))).filter(time.lt(lit(Instant.ofEpochMilli(to))));
  }

  private static org.apache.spark.sql.Column[] columns(SourcePlan source, Set<String> archived) {
    List<org.apache.spark.sql.Column> columns = new ArrayList<>();
    for (Column column : source.columns()) {
      columns.add(
          archived.contains(column.name())
              ? named(column.name())
              : lit(null).cast(SparkColumns.typeOf(column.type())).as(column.name()));
    }
    columns.add(named(ArchiveSchema.PARTITION));
    columns.add(named(ArchiveSchema.OFFSET));
    columns.add(named(ArchiveSchema.ARRIVED_AT));
    columns.add(
        archived.contains(ArchiveSchema.VERSION)
            ? named(ArchiveSchema.VERSION)
            : lit(0L).as(ArchiveSchema.VERSION));
    return columns.toArray(org.apache.spark.sql.Column[]::new);
  }

  private static LocalDate dateOf(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
