package io.freshet.platform.registry;

import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.SourcePlan;
import java.util.Optional;

/**
 * What the registration of a definition will do.
 *
 * @param source what engines get of an event source; empty for every other kind
 * @param view what was decided about a feature view; empty for every other kind
 * @param onDemand an on-demand view bound to the views that it reads; empty for every other kind
 */
record PlannedChange(
    StoredDefinition definition,
    Effect effect,
    Optional<SourcePlan> source,
    Optional<PlannedView> view,
    Optional<OnDemandPlan> onDemand) {
  /** What becomes of the definition. */
  enum Effect {
    CREATE,
    UPDATE,
    NOTHING
  }

  boolean changes() {
    return effect != Effect.NOTHING;
  }
}
