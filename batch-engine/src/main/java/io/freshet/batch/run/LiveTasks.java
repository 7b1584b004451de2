package io.freshet.batch.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.scheduler.AccumulableInfo;
import scala.Option;

/**
 * Whether tasks that run come on, by the rows that executors report with their heartbeats: a task
 * may take long and do much.
 */
final class LiveTasks {
  private static final Set<String> ROWS =
      Set.of(
          RunReport.ROWS_SERVED,
          "internal.metrics.input.recordsRead",
          "internal.metrics.output.recordsWritten",
          "internal.metrics.shuffle.read.recordsRead",
          "internal.metrics.shuffle.write.recordsWritten");

  private final Map<Long, Long> rowsByTask = new HashMap<>();

  /** Notes what a task reports, and answers whether it has come past a row since. */
  boolean hasComeOn(long task, Iterable<AccumulableInfo> counts) {
    long rows = 0;
    for (AccumulableInfo count : counts) {
      Option<String> name = count.name();
      if (name.isDefined() && ROWS.contains(name.get())) {
        rows += updateOf(count);
      }
    }
    Long before = rowsByTask.put(task, rows);
    return rows > (before == null ? 0 : before);
  }

  void ended(long task) {
    rowsByTask.remove(task);
  }

  /** What a task has added to a count, 0 if that is no number. */
  static long updateOf(AccumulableInfo count) {
    Option<Object> update = count.update();
    return update.isDefined() && update.get() instanceof Number number ? number.longValue() : 0;
  }
}
