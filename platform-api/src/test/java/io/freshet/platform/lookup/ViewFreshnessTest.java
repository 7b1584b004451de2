package io.freshet.platform.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.store.ViewProgress;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.RowCodec;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewFreshnessTest {
  private static final long HOUR = 3_600_000;

  @Test
  void aStalenessAtThePromiseIsFresh() {
    ServedView view = view();
    ViewProgress progress = new ViewProgress("flights", 1, 1, 1000);

    assertThat(ViewFreshness.of(view, progress, 11_000).freshness())
        .isEqualTo(ViewFreshness.Freshness.FRESH);
    assertThat(ViewFreshness.of(view, progress, 11_001).freshness())
        .isEqualTo(ViewFreshness.Freshness.STALE);
    assertThat(ViewFreshness.of(view, progress, 500).stalenessMillis()).isZero();
  }

  private static ServedView view() {
    BoundView bound =
        new BoundView(
            "flights",
            "delays",
            "airport",
            List.of(Column.required("origin", ValueType.STRING)),
            "departures",
            List.of("origin"),
            null,
            List.of(),
            List.of(
                new FeaturePlan(
                    "count_1h",
                    Aggregation.COUNT,
                    FeaturePlan.NO_INPUT,
                    Window.ofMillis(HOUR),
                    FeatureType.scalar(ValueType.INT64))),
            Delivery.EXACTLY_ONCE,
            24 * HOUR,
            0,
            10_000);
    return new ServedView(
        ViewPlan.live(bound, 1, Tier.STREAMING, 1), new RowCodec(bound.rowTypes()), 10_000, 0);
  }
}
