package io.freshet.platform.routing;

import io.freshet.plan.Engine;
import io.freshet.plan.Tier;
import java.util.List;

/**
 * Where a view is materialized, and why.
 *
 * @param achievableStalenessMillis what the tier keeps the view within, while its engine is up
 * @param reasons sentences with the numbers that decided
 * @param alternatives the other tiers, from the freshest to the cheapest
 */
public record Route(
    Tier tier,
    Engine engine,
    long achievableStalenessMillis,
    List<String> reasons,
    List<Alternative> alternatives) {
  /** A tier that was not chosen, and what speaks against it. */
  public record Alternative(
      Tier tier, Engine engine, long achievableStalenessMillis, String reason) {}

  public Route {
    reasons = List.copyOf(reasons);
    alternatives = List.copyOf(alternatives);
  }
}
