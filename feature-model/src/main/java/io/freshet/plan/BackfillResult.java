package io.freshet.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a backfill has done, or would do. */
public record BackfillResult(String runId, List<ViewResult> views) {
  /**
   * Of one view.
   *
   * @param chunks computed by the run, each a commit of the feature log; in an estimate those that
   *     would be
   * @param chunksDone that were found done
   * @param ticks in the chunks that are not found done
   * @param rows that the log has of the ticks that the run has computed, in earlier attempts too; 0
   *     in an estimate
   * @param ownFromMillis the first of the asked ticks that was left to the view's own runs; null if
   *     none was
   * @param cost of an estimate; else null
   */
  public record ViewResult(
      String view,
      int chunks,
      int chunksDone,
      long ticks,
      long rows,
      @Nullable Long ownFromMillis,
      @Nullable Cost cost) {}

  /**
   * What the chunks of a view cost. CPU is that of tasks, writing included, without the driver's.
   *
   * @param events to be read, by the count of their days; those in a window that reaches back into
   *     an earlier chunk are read for both
   * @param bytes of the source's files, by the share of its events
   * @param sampleEvents events that were read to measure
   * @param sampleCpuSeconds what they took
   * @param cpuSeconds the same for all
   */
  public record Cost(
      long events, long bytes, long sampleEvents, double sampleCpuSeconds, double cpuSeconds) {}

  public BackfillResult {
    views = List.copyOf(views);
  }
}
