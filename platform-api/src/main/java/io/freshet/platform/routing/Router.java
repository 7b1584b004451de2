package io.freshet.platform.routing;

import io.freshet.definition.Durations;
import io.freshet.definition.FeatureView.Freshness;
import io.freshet.error.Violation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Engine;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.platform.routing.Route.Alternative;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Gives a view the cheapest tier that is fresh enough: a declared tier as it is, else the slowest
 * one whose achievable staleness is within the need. A table is read by batch runs only. The same
 * arguments give the same route.
 */
public final class Router {
  private final Need need;
  private final Freshness declared;
  private final SourcePlan source;
  private final RoutingPolicy policy;

  private Router(Need need, Freshness declared, SourcePlan source, RoutingPolicy policy) {
    this.need = need;
    this.declared = declared;
    this.source = source;
    this.policy = policy;
  }

  public static Route route(
      BoundView view, Freshness declared, SourcePlan source, RoutingPolicy policy) {
    return new Router(Need.of(view, declared, policy), declared, source, policy).route();
  }

  /**
   * Why a view cannot be had of its source: it must be fresher than any run keeps it, and no stream
   * reads a table. Empty if it can.
   */
  public static Optional<Violation> refusal(
      Freshness declared, SourcePlan source, RoutingPolicy policy) {
    Duration promise = declared.maxStaleness();
    Duration freshest = policy.achievable(Tier.HOURLY, source);
    return source.table() == null || promise == null || freshest.compareTo(promise) <= 0
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "spec.freshness.maxStaleness",
                "Cannot keep a maxStaleness of %s: the events of source %s are the rows of a table, which only batch runs read, and hourly ones keep %s; declare that or more"
                    .formatted(
                        Durations.format(promise), source.name(), Durations.format(freshest))));
  }

  private Route route() {
    Tier declaredTier = declared.tier();
    Tier chosen = declaredTier == null ? cheapestWithinNeed() : declaredTier;
    return new Route(
        chosen,
        chosen.engine(),
        achievable(chosen).toMillis(),
        declaredTier == null ? reasonsOfNeed(chosen) : reasonsOfTier(declaredTier),
        alternativesTo(chosen));
  }

  private Tier cheapestWithinNeed() {
    if (fits(Tier.DAILY)) {
      return Tier.DAILY;
    }
    return fits(Tier.HOURLY) || source.table() != null ? Tier.HOURLY : Tier.STREAMING;
  }

  private List<String> reasonsOfTier(Tier tier) {
    List<String> reasons = new ArrayList<>();
    reasons.add("Tier " + tier.wireName() + " is declared.");
    reasons.add(achieves(tier));
    if (declared.maxStaleness() != null && !fits(tier)) {
      reasons.add(
          "It cannot keep the declared maxStaleness of "
              + Durations.format(need.maxStaleness())
              + ": the declared tier wins, lookups will call the view stale.");
    }
    return reasons;
  }

  private List<String> reasonsOfNeed(Tier chosen) {
    List<String> reasons = new ArrayList<>();
    reasons.add(need.sentence());
    reasons.add(achieves(chosen));
    if (!fits(chosen) && chosen.engine() == Engine.BATCH) {
      reasons.add(
          "No tier is fresh enough, %s is the freshest: the events of source %s are the rows of a table, which only batch runs read."
              .formatted(chosen.wireName(), source.name()));
    } else if (!fits(chosen)) {
      reasons.add(
          "No tier is fresh enough, streaming is the freshest: an event of source %s may be %s late, which bounds how complete a value can be; declare a shorter maxDisorder there or a longer maxStaleness here."
              .formatted(
                  source.name(), Durations.format(Duration.ofMillis(source.maxDisorderMillis()))));
    } else if (chosen == Tier.DAILY) {
      reasons.add("It is the cheapest tier.");
    } else {
      Tier cheaper = chosen == Tier.STREAMING ? Tier.HOURLY : Tier.DAILY;
      reasons.add("The next cheaper tier is not fresh enough: " + achieves(cheaper));
    }
    return reasons;
  }

  private String achieves(Tier tier) {
    String kept = Durations.format(achievable(tier));
    if (tier.engine() == Engine.STREAMING) {
      return "Streaming keeps it within %s: %s for events out of order, %s to write."
          .formatted(
              kept,
              Durations.format(Duration.ofMillis(source.maxDisorderMillis())),
              Durations.format(policy.streamAllowance()));
    }
    String name = tier.wireName();
    return "%s%s runs keep it within %s: %s between two, %s for a run."
        .formatted(
            name.substring(0, 1).toUpperCase(Locale.ROOT),
            name.substring(1),
            kept,
            Durations.format(tier.period()),
            Durations.format(policy.runAllowance()));
  }

  private List<Alternative> alternativesTo(Tier chosen) {
    return Arrays.stream(Tier.values())
        .filter(tier -> tier != chosen)
        .filter(tier -> source.table() == null || tier.engine() == Engine.BATCH)
        .map(
            tier ->
                new Alternative(
                    tier, tier.engine(), achievable(tier).toMillis(), against(tier, chosen)))
        .toList();
  }

  private String against(Tier tier, Tier chosen) {
    String comparison =
        tier.compareTo(chosen) < 0
            ? "Fresher and dearer than needed."
            : fits(tier) ? "Cheaper, but not declared." : "Cheaper, but not fresh enough.";
    return comparison + " " + achieves(tier);
  }

  private boolean fits(Tier tier) {
    return achievable(tier).compareTo(need.maxStaleness()) <= 0;
  }

  private Duration achievable(Tier tier) {
    return policy.achievable(tier, source);
  }
}
