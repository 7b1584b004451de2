package io.freshet.batch.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.batch.materialize.TakenEvents;
import io.freshet.plan.BoundView;
import io.freshet.plan.Engine;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.StoredRow;
import java.io.Serializable;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A view that is checked, as tasks get it.
 *
 * @param planJson a {@link ViewPlan}
 * @param completeThroughMillis what the view's rows hold every event before
 * @param reachMillis the as-of time from which rows can be computed again
 * @param untilMillis the newest as-of time of a row
 * @param lateAfterMillis how long after its time an event may arrive and not be late; null if the
 *     view's engine counts late events too
 */
record CheckedView(
    int number,
    String planJson,
    long completeThroughMillis,
    long reachMillis,
    long untilMillis,
    @Nullable Long lateAfterMillis)
    implements Serializable {
  /**
   * @param rows that are served
   */
  static CheckedView of(
      ViewPlan plan, SourcePlan source, long completeThroughMillis, Collection<StoredRow> rows) {
    long oldest = completeThroughMillis;
    long newest = completeThroughMillis;
    for (StoredRow row : rows) {
      oldest = Math.min(oldest, row.version().asOfMillis());
      newest = Math.max(newest, row.version().asOfMillis());
    }
    BoundView view = plan.view();
    return new CheckedView(
        plan.number(),
        PlanCodec.encodeToString(plan),
        completeThroughMillis,
        reach(view, oldest, completeThroughMillis),
        newest,
        plan.tier().engine() == Engine.STREAMING
            ? source.maxDisorderMillis() + view.allowedLatenessMillis()
            : null);
  }

  /** A row that has not changed for longer than its windows has nothing left in them. */
  private static long reach(BoundView view, long oldest, long completeThrough) {
    return view.coversLifetime()
        ? oldest
        : Math.max(oldest, completeThrough - view.longestWindowMillis());
  }

  ViewPlan plan() {
    return PlanCodec.decode(planJson.getBytes(UTF_8), ViewPlan.class);
  }

  /** The events that a row's windows hold. */
  TakenEvents taken() {
    BoundView view = plan().view();
    long from =
        view.features().stream()
            .mapToLong(feature -> feature.window().startAsOf(reachMillis))
            .min()
            .orElse(reachMillis);
    return new TakenEvents(number, PlanCodec.encodeToString(view), from, untilMillis, null);
  }
}
