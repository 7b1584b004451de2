package io.freshet.platform.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.plan.BoundView;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.routing.Route;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a view is materialized, and why.
 *
 * @param number of the view's version; null in a dry run of a new one
 * @param state LIVE, BOOTSTRAPPING until the view is materialized by the route, SHEDDING, or
 *     PLANNED in a dry run
 * @param servedTier by which the view is served; null in a dry run of a new version
 * @param handOver how far the view is on its way to the route; null if it is there
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RouteAnswer(
    String view,
    @Nullable Integer number,
    String state,
    String source,
    String tier,
    String engine,
    @Nullable String servedTier,
    @Nullable HandOverProgress handOver,
    long achievableStalenessMillis,
    List<String> reasons,
    List<Alternative> alternatives) {
  /** A tier that was not chosen. */
  record Alternative(String tier, String engine, long achievableStalenessMillis, String reason) {}

  /**
   * @param running lanes, those of the view among them
   */
  static RouteAnswer of(ViewVersion version, List<Lane> running) {
    ViewPlan plan = version.plan();
    boolean moves = plan.tier() != version.route().tier();
    ViewState state = moves ? ViewState.BOOTSTRAPPING : ViewState.of(plan);
    return of(
        plan.view(),
        plan.number(),
        state.name(),
        plan.tier().wireName(),
        HandOverProgress.of(plan.number(), running, version.next()).orElse(null),
        version.route());
  }

  static RouteAnswer of(PlannedView view) {
    Optional<ViewPlan> kept = view.kept().map(ViewVersion::plan);
    return of(
        view.bound(),
        kept.map(ViewPlan::number).orElse(null),
        "PLANNED",
        kept.map(plan -> plan.tier().wireName()).orElse(null),
        null,
        view.route());
  }

  private static RouteAnswer of(
      BoundView view,
      @Nullable Integer number,
      String state,
      @Nullable String servedTier,
      @Nullable HandOverProgress handOver,
      Route route) {
    return new RouteAnswer(
        view.name(),
        number,
        state,
        view.source(),
        route.tier().wireName(),
        lowerCase(route.engine()),
        servedTier,
        handOver,
        route.achievableStalenessMillis(),
        route.reasons(),
        route.alternatives().stream().map(RouteAnswer::alternative).toList());
  }

  private static Alternative alternative(Route.Alternative other) {
    return new Alternative(
        other.tier().wireName(),
        lowerCase(other.engine()),
        other.achievableStalenessMillis(),
        other.reason());
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
