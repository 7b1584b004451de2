package io.freshet.batch;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.Parameters;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.List;

/** Views that training sets are made of. */
final class TrainingViews {
  private TrainingViews() {}

  /** By origin: counts, lists and features over all events. */
  static ViewPlan origins(String source) {
    Window threeHours = Window.ofMillis(Duration.ofHours(3).toMillis());
    Window twoDays = Window.ofMillis(Duration.ofDays(2).toMillis());
    FeatureType delays = FeatureType.listOf(ValueType.INT64);
    return Flights.view(
        1,
        source,
        List.of("origin"),
        List.of(new InputPlan("delay", ValueType.INT64)),
        List.of(
            new FeaturePlan(
                "departures_3h",
                Aggregation.COUNT,
                FeaturePlan.NO_INPUT,
                threeHours,
                FeatureType.scalar(ValueType.INT64)),
            new FeaturePlan(
                "last_delays", Aggregation.LAST_K, Parameters.ofK(3), 0, twoDays, delays),
            new FeaturePlan(
                "departures_ever",
                Aggregation.COUNT,
                FeaturePlan.NO_INPUT,
                Window.LIFETIME,
                FeatureType.scalar(ValueType.INT64))));
  }

  /** The view in another tier, under another number, and with another time to live. */
  static ViewPlan served(ViewPlan plan, int number, Tier tier, Duration ttl) {
    BoundView view = plan.view();
    BoundView changed =
        new BoundView(
            view.project(),
            "view_" + number,
            view.entity(),
            view.joinKeys(),
            view.source(),
            view.keyColumns(),
            view.filter(),
            view.inputs(),
            view.features(),
            view.delivery(),
            ttl.toMillis(),
            view.allowedLatenessMillis(),
            view.maxStalenessMillis());
    return ViewPlan.live(changed, number, tier, 1);
  }
}
