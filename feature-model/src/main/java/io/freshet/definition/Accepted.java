package io.freshet.definition;

import io.freshet.plan.BoundView;
import io.freshet.plan.OnDemandPlan;
import java.util.Optional;

/**
 * A definition in which no fault was found.
 *
 * @param boundView the plan of a feature view; empty for every other kind
 * @param onDemandPlan the plan of an on-demand feature view; empty for every other kind
 */
public record Accepted(
    Definition definition, Optional<BoundView> boundView, Optional<OnDemandPlan> onDemandPlan) {
  /** A definition of a kind without a plan. */
  static Accepted unplanned(Definition definition) {
    return new Accepted(definition, Optional.empty(), Optional.empty());
  }
}
