package io.freshet.platform.registry;

import io.freshet.plan.Engine;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.routing.Route;
import org.jspecify.annotations.Nullable;

/**
 * A version of a view with what was decided about it.
 *
 * @param plan by which it is served now
 * @param route where it is to be materialized, which may not be where it is served from yet
 * @param next the plan of the batch engine by which it is served once a run has succeeded, or null
 */
public record ViewVersion(ViewPlan plan, Route route, @Nullable ViewPlan next) {
  public ViewVersion(ViewPlan plan, Route route) {
    this(plan, route, null);
  }

  boolean isServedByStream() {
    return plan.tier().engine() == Engine.STREAMING;
  }
}
