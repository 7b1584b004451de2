package io.freshet.platform.routing;

import io.freshet.definition.Durations;
import io.freshet.definition.FeatureView.Freshness;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import java.time.Duration;
import java.util.Comparator;

/**
 * How stale a view may be, and where that comes from.
 *
 * @param sentence names the number and its origin
 */
record Need(Duration maxStaleness, String sentence) {
  private static final Duration WITHOUT_WINDOWS = Duration.ofDays(2);

  static Need of(BoundView view, Freshness declared, RoutingPolicy policy) {
    Duration promise = declared.maxStaleness();
    return promise == null
        ? ofShortestWindow(view, policy)
        : new Need(promise, "A maxStaleness of " + Durations.format(promise) + " is declared.");
  }

  private static Need ofShortestWindow(BoundView view, RoutingPolicy policy) {
    return view.features().stream()
        .filter(feature -> !feature.window().holdsAll())
        .min(Comparator.comparingLong(feature -> feature.window().lengthMillis()))
        .map(shortest -> ofWindow(shortest, policy))
        .orElse(
            new Need(
                WITHOUT_WINDOWS,
                "No freshness is declared, and no feature has a window: what is over all events of a key changes slowly, 2d are fresh enough."));
  }

  private static Need ofWindow(FeaturePlan shortest, RoutingPolicy policy) {
    long window = shortest.window().lengthMillis();
    Duration need = Duration.ofMillis((long) (window * policy.windowShare()));
    return new Need(
        need,
        "No freshness is declared: the shortest window is the %s of feature %s, and a value older than %s, %s of it, would say little."
            .formatted(
                Durations.format(Duration.ofMillis(window)),
                shortest.name(),
                Durations.format(need),
                percent(policy.windowShare())));
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }
}
