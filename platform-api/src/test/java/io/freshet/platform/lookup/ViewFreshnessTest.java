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
  private static final long COUNTS_FROM = 100 * HOUR;

  @Test
  void aViewThatCountsFromATimeIsWarmOnceItsLongestWindowIsComplete() {
    assertThat(freshness(COUNTS_FROM, COUNTS_FROM + HOUR - 1).warming()).isTrue();
    assertThat(freshness(COUNTS_FROM, COUNTS_FROM + HOUR).warming()).isFalse();
    assertThat(ViewFreshness.of(view(COUNTS_FROM), null, COUNTS_FROM).warming()).isTrue();
    assertThat(ViewFreshness.of(view(ViewPlan.ALL_EVENTS), null, 0).warming()).isFalse();
  }

  @Test
  void aStalenessAtThePromiseIsFresh() {
    ServedView view = view(ViewPlan.ALL_EVENTS);
    ViewProgress progress = new ViewProgress("flights", 1, 1, 1000);

    assertThat(ViewFreshness.of(view, progress, 11_000).freshness())
        .isEqualTo(ViewFreshness.Freshness.FRESH);
    assertThat(ViewFreshness.of(view, progress, 11_001).freshness())
        .isEqualTo(ViewFreshness.Freshness.STALE);
    assertThat(ViewFreshness.of(view, progress, 500).stalenessMillis()).isZero();
  }

  private static ViewFreshness freshness(long countsFrom, long completeThrough) {
    return ViewFreshness.of(
        view(countsFrom), new ViewProgress("flights", 1, 1, completeThrough), completeThrough);
  }

  private static ServedView view(long countsFrom) {
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
        new ViewPlan(bound, 1, Tier.STREAMING, 1, countsFrom),
        new RowCodec(bound.rowTypes()),
        10_000,
        0);
  }
}
