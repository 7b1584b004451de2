package io.freshet.platform.registry;

import io.freshet.plan.BoundView;
import io.freshet.platform.routing.Route;
import java.util.Optional;

/**
 * A feature view as it is to be materialized.
 *
 * @param live the version that is live before the change
 */
record PlannedView(BoundView bound, Route route, Optional<ViewVersion> live) {
  /** Whether the live version stays: what is materialized, and by which tier, is the same. */
  boolean keepsVersion() {
    return live.filter(
            version -> version.plan().view().equals(bound) && version.plan().tier() == route.tier())
        .isPresent();
  }
}
