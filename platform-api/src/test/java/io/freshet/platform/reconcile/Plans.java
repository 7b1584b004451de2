package io.freshet.platform.reconcile;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.nio.file.Path;
import java.util.List;

/** Plans of a small source, for tests. */
public final class Plans {
  public static final String PROJECT = "flights";

  private Plans() {}

  public static SourcePlan source(String name) {
    return new SourcePlan(
        PROJECT,
        name,
        List.of(
            Column.required("origin", ValueType.STRING),
            Column.required("at", ValueType.TIMESTAMP)),
        "at",
        "flights." + name,
        1_000,
        60_000);
  }

  public static ViewPlan view(String source, int number, Tier tier) {
    BoundView bound =
        new BoundView(
            PROJECT,
            "view_" + number,
            "airport",
            List.of(Column.required("origin", ValueType.STRING)),
            source,
            List.of("origin"),
            null,
            List.of(),
            List.of(
                new FeaturePlan(
                    "count_1h",
                    Aggregation.COUNT,
                    FeaturePlan.NO_INPUT,
                    Window.ofMillis(3_600_000),
                    FeatureType.scalar(ValueType.INT64))),
            Delivery.EXACTLY_ONCE,
            86_400_000,
            0,
            10_000);
    return ViewPlan.live(bound, number, tier, 1);
  }

  public static StreamingJobPlan jobPlan(Path checkpoints) {
    return new StreamingJobPlan(
        "test",
        source("departures"),
        Delivery.EXACTLY_ONCE,
        List.of(view("departures", 1, Tier.STREAMING)),
        "127.0.0.1:1",
        "redis://127.0.0.1:1",
        FeatureLogPlan.to("/none"),
        CheckpointPlan.every(checkpoints.toUri().toString(), 10_000),
        50);
  }
}
