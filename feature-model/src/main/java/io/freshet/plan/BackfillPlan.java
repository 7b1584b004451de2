package io.freshet.plan;

import java.util.List;

/**
 * What the batch engine needs to compute the rows that views would have had at past ticks, and to
 * put them into the views' feature logs. Nothing of it goes to the online store.
 *
 * @param runId names the run; a retry keeps it, and goes on where the attempt before it stopped
 * @param views of the source, each of a tier with ticks
 * @param fromMillis the time of the first tick, or before it
 * @param toMillis after the last tick: none is at this time or later
 * @param ranges which ticks of those
 * @param aim what is wanted of them
 * @param warehouse the root folder or URI of the Delta tables
 * @param resultFile where the run writes its {@link BackfillResult} as JSON when it is done
 */
public record BackfillPlan(
    String runId,
    SourcePlan source,
    List<ViewPlan> views,
    long fromMillis,
    long toMillis,
    Ranges ranges,
    Aim aim,
    String warehouse,
    String resultFile) {
  /** Which ticks are computed. */
  public enum Ranges {
    /** Those before the view's own first one that no backfill has computed yet. */
    MISSING,
    /** Those before the view's own newest one: what the log has of them is replaced. */
    ALL
  }

  /** What a run is for. */
  public enum Aim {
    /** Rows in the feature log. */
    ROWS,
    /** What those would cost; no row is written. */
    ESTIMATE
  }

  public BackfillPlan {
    views = List.copyOf(views);
    if (fromMillis >= toMillis) {
      throw new IllegalArgumentException(
          "Cannot backfill from %d to %d: the end is after the start"
              .formatted(fromMillis, toMillis));
    }
    for (ViewPlan view : views) {
      if (view.tier().period().isZero()) {
        throw new IllegalArgumentException(
            "Cannot backfill view %s: the %s tier has no ticks"
                .formatted(view.view().name(), view.tier().wireName()));
      }
    }
  }

  /** The same for an attempt of a run. */
  public BackfillPlan with(String run, SourcePlan read, String file) {
    return new BackfillPlan(run, read, views, fromMillis, toMillis, ranges, aim, warehouse, file);
  }
}
