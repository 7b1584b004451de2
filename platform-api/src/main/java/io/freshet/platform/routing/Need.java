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
  static Need of(BoundView view, Freshness declared, RoutingPolicy policy) {
    Duration promise = declared.maxStaleness();
    return promise == null
        ? ofShortestWindow(view, policy)
        : new Need(promise, "A maxStaleness of " + Durations.format(promise) + " is declared.");
  }

  private static Need ofShortestWindow(BoundView view, RoutingPolicy policy) {
    FeaturePlan shortest =
        view.features().stream()
            .min(Comparator.comparingLong(feature -> feature.window().lengthMillis()))
            .orElseThrow();
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
