package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the keys that have more entries than one task should go through, in a sample, and splits
 * their time into ranges of about as many entries.
 *
 * @param mostEntries of a group of views and key in one task
 */
record HeavyKeys(long mostEntries) {
  /** The setting of {@link #mostEntries}, which also says how many tasks there are. */
  private static final String SETTING = "spark.freshet.training.entries-a-task";

  private static final String DEFAULT = "1000000";

  /** Enough to tell the ranges of a key that is just heavy enough from one another. */
  private static final int LEAST_SAMPLED_OF_A_KEY = 50;

  private static final int MOST_RANGES = 128;

  /** A task has about half as many as one key may bring alone, so that it sorts them in memory. */
  private static final int TASKS_OF_MOST = 2;

  private static final int MOST_TASKS = 20_000;

  /** How entries are spread over tasks. */
  record Spread(SplitKeys splits, int tasks) {}

  static HeavyKeys of(SparkSession spark) {
    return new HeavyKeys(Long.parseLong(spark.conf().get(SETTING, DEFAULT)));
  }

  /** How many tasks so many entries are for. */
  int tasks(long entries) {
    return (int) Math.min(MOST_TASKS, 1 + TASKS_OF_MOST * entries / mostEntries);
  }

  /**
   * @param labels numbered, with their columns
   * @param labelCount how many there are
   */
  Spread spread(SourceEvents events, Dataset<Row> labels, PackLabels asking, long labelCount) {
    int groups = events.asked().groups().size();
    long entries = (events.rows().count() + labelCount) * groups;
    SplitKeys splits = entries <= mostEntries ? SplitKeys.NONE : split(events, labels, asking);
    return new Spread(splits, tasks(entries));
  }

  private SplitKeys split(SourceEvents events, Dataset<Row> labels, PackLabels asking) {
    double fraction = Math.min(1, (double) LEAST_SAMPLED_OF_A_KEY / mostEntries);
    List<Row> sampled =
        events
            .sample(fraction)
            .union(
                labels
                    .sample(fraction)
                    .mapPartitions(asking, Encoders.row(TimelineSchema.timeline())))
            .select(named(TimelineSchema.SLOT), named(TimelineSchema.ORDER))
            .collectAsList();
    TimelineOrder order = TimelineOrder.of(events.asked());
    return split(timesBySlot(sampled, order), fraction, order.firstMillis());
  }

  /**
   * @param sampled of each slot the times of some entries
   * @param fraction of all entries that they are
   * @param firstMillis the time of the first label
   */
  SplitKeys split(Map<Long, List<Long>> sampled, double fraction, long firstMillis) {
    Map<Long, long[]> starts = new HashMap<>();
    sampled.forEach(
        (slot, times) -> {
          if (ranges(times, fraction) > 1) {
            starts.put(slot, starts(times, fraction, firstMillis));
          }
        });
    starts.values().removeIf(found -> found.length == 0);
    return starts.isEmpty() ? SplitKeys.NONE : new SplitKeys(starts);
  }

  private int ranges(List<Long> times, double fraction) {
    return (int) Math.min(MOST_RANGES, (long) (times.size() / fraction) / mostEntries);
  }

  /** None if all entries would be in one range. */
  private long[] starts(List<Long> times, double fraction, long firstMillis) {
    List<Long> amongLabels = times.stream().filter(time -> time >= firstMillis).toList();
    long[] cuts = quantiles(amongLabels, ranges(amongLabels, fraction));
    return cuts.length == 0 && amongLabels.size() == times.size()
        ? cuts
        : LongStream.concat(LongStream.of(firstMillis), Arrays.stream(cuts)).toArray();
  }

  private static Map<Long, List<Long>> timesBySlot(List<Row> sampled, TimelineOrder order) {
    Map<Long, List<Long>> times = new HashMap<>();
    for (Row row : sampled) {
      times
          .computeIfAbsent(row.getLong(0), slot -> new ArrayList<>())
          .add(order.millisOf(row.getLong(1)));
    }
    return times;
  }

  /** The times that cut a sample into parts of the same size, in ascending order, each once. */
  private static long[] quantiles(List<Long> times, int parts) {
    if (parts < 2) {
      return new long[0];
    }
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    long[] cuts = new long[parts - 1];
    for (int i = 1; i < parts; i++) {
      cuts[i - 1] = sorted[(int) ((long) i * sorted.length / parts)];
    }
    return Arrays.stream(cuts).filter(cut -> cut > sorted[0]).distinct().toArray();
  }
}
