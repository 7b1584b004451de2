package io.freshet.platform.status;

import io.freshet.plan.ViewPlan;

/**
 * How far a view was last seen to be materialized.
 *
 * @param completeThroughMillis milliseconds since the epoch
 */
record ViewSample(ViewPlan view, long completeThroughMillis) {
  double stalenessSeconds(long nowMillis) {
    return Math.max(0, nowMillis - completeThroughMillis) / 1e3;
  }
}
