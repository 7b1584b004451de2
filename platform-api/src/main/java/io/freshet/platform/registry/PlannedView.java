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
  /** The live version, if it has the same values: only how they are materialized may change. */
  Optional<ViewVersion> kept() {
    return live.filter(version -> ViewValues.same(version.plan().view(), bound));
  }
}
