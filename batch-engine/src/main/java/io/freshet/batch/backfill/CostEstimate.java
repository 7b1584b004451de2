package io.freshet.batch.backfill;

import static io.freshet.batch.table.SparkColumns.named;

import io.freshet.batch.archive.ArchiveSchema;
import io.freshet.batch.materialize.LogSchema;
import io.freshet.batch.source.EventTable;
import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.plan.BackfillResult.Cost;
import io.freshet.plan.FeaturePlan;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * What chunks of a view cost: the events that they read, counted by day, and the CPU time that one
 * of them takes, measured by writing its rows to a folder that is deleted.
 *
 * @param scratch the folder, where nothing else is
 */
record CostEstimate(SparkSession spark, ChunkRows rows, String scratch) {
  /** Of a chunk with more events only the first ticks are measured: those of one day. */
  private static final long MOST_SAMPLED = 2_000_000;

  private static final long DAY_MILLIS = 86_400_000;

  Cost of(List<Chunk> chunks) {
    NavigableMap<LocalDate, Long> days = eventsByDay();
    long all = days.values().stream().mapToLong(Long::longValue).sum();
    long events = chunks.stream().mapToLong(chunk -> events(days, chunk)).sum();
    if (events == 0) {
      return new Cost(0, 0, 0, 0, 0);
    }
    long bytes = Math.round((double) rows.events().bytes() * events / all);
    Chunk sample = sampleOf(chunks, days);
    long sampled = Math.max(1, events(days, sample));
    double cpu = cpuSeconds(sample);
    return new Cost(events, bytes, sampled, cpu, cpu * events / sampled);
  }

  private NavigableMap<LocalDate, Long> eventsByDay() {
    EventTable events = rows.events();
    NavigableMap<LocalDate, Long> days = new TreeMap<>();
    events
        .rows(events.version())
        .groupBy(named(ArchiveSchema.EVENT_DATE))
        .count()
        .collectAsList()
        .forEach(row -> days.put(row.getAs(0), row.getLong(1)));
    return days;
  }

  /** Of the days that have an event in a window of the chunk. */
  private long events(NavigableMap<LocalDate, Long> days, Chunk chunk) {
    LocalDate last = dateOf(chunk.ticks().lastMillis() - 1);
    NavigableMap<LocalDate, Long> until = days.headMap(last, true);
    long start = startOf(chunk);
    NavigableMap<LocalDate, Long> read =
        rows.view().view().coversLifetime() || until.isEmpty()
            ? until
            : until.tailMap(dateOf(start), true);
    return read.values().stream().mapToLong(Long::longValue).sum();
  }

  private long startOf(Chunk chunk) {
    return rows.view().view().features().stream()
        .map(FeaturePlan::window)
        .mapToLong(window -> window.startAsOf(chunk.ticks().beforeMillis()))
        .min()
        .orElse(chunk.ticks().beforeMillis());
  }

  /** The one in the middle of those that read anything. */
  private Chunk sampleOf(List<Chunk> chunks, NavigableMap<LocalDate, Long> days) {
    List<Chunk> reading = chunks.stream().filter(chunk -> events(days, chunk) > 0).toList();
    Chunk middle = reading.get(reading.size() / 2);
    if (events(days, middle) <= MOST_SAMPLED) {
      return middle;
    }
    Ticks oneDay = middle.ticks().before(middle.ticks().fromMillis() + DAY_MILLIS);
    return new Chunk(oneDay, middle.opening());
  }

  private double cpuSeconds(Chunk chunk) {
    try (CpuTime cpu = CpuTime.measuring(spark)) {
      BackfillLog.byDay(rows.of(chunk))
          .write()
          .mode(SaveMode.Overwrite)
          .partitionBy(LogSchema.DATE)
          .parquet(scratch);
      return cpu.seconds();
    } finally {
      deleteScratch();
    }
  }

  private void deleteScratch() {
    Path folder = new Path(scratch);
    try {
      folder.getFileSystem(spark.sparkContext().hadoopConfiguration()).delete(folder, true);
    } catch (IOException e) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE, "Cannot delete %s: %s".formatted(folder, e), e);
    }
  }

  private static LocalDate dateOf(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }
}
