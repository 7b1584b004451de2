package io.freshet.streaming.source;

import io.freshet.event.Event;
import io.freshet.event.ViewInput;
import io.freshet.event.ViewProjection;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import java.util.Optional;

/** A live view as the intake sees it: which events are its own, and what it takes from them. */
record LiveProjection(ViewPlan plan, ViewProjection projection) {
  static LiveProjection of(ViewPlan plan, SourcePlan source) {
    return new LiveProjection(plan, ViewProjection.of(plan.view(), source));
  }

  /**
   * @throws io.freshet.expression.ExpressionFailedException if an expression fails on this event
   */
  Optional<ViewInput> project(Event event) {
    return projection.project(event);
  }

  /** Whether an event may be late for the view once the watermark has come so far. */
  boolean isLate(long timeMillis, long completeThroughMillis) {
    return CompleteThrough.isLate(
        timeMillis, completeThroughMillis, plan.view().allowedLatenessMillis());
  }
}
