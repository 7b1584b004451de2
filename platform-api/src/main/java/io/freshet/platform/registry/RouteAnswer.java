package io.freshet.platform.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.routing.Route;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a view is materialized, and why.
 *
 * @param number of the view's version; null in a dry run
 * @param state {@code planned}, {@code bootstrapping} or {@code live}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RouteAnswer(
    String view,
    @Nullable Integer number,
    String state,
    String source,
    String tier,
    String engine,
    long achievableStalenessMillis,
    List<String> reasons,
    List<Alternative> alternatives) {
  /** A tier that was not chosen. */
  record Alternative(String tier, String engine, long achievableStalenessMillis, String reason) {}

  static RouteAnswer of(ViewVersion version) {
    ViewPlan plan = version.plan();
    return of(
        plan.view().name(),
        plan.number(),
        lowerCase(plan.phase()),
        plan.view().source(),
        version.route());
  }

  static RouteAnswer of(PlannedView view) {
    return of(view.bound().name(), null, "planned", view.bound().source(), view.route());
  }

  private static RouteAnswer of(
      String view, @Nullable Integer number, String state, String source, Route route) {
    return new RouteAnswer(
        view,
        number,
        state,
        source,
        route.tier().wireName(),
        lowerCase(route.engine()),
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
