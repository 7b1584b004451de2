package io.freshet.benchmark.lab;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StateBackend;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The source and the view that are measured: count, sum and average by card over windows. */
public final class Payments {
  public static final String PROJECT = "benchmark";
  public static final String ENTITY = "card";
  public static final int VIEW = 1;
  public static final long MAX_DISORDER_MILLIS = 2_000;
  public static final List<Column> JOIN_KEYS = List.of(Column.required("card", ValueType.STRING));
  public static final List<Window> THREE_WINDOWS =
      List.of(window(Duration.ofHours(1)), window(Duration.ofHours(24)), window(Workload.HISTORY));
  public static final List<Window> ONE_HOUR = THREE_WINDOWS.subList(0, 1);

  private static final List<Aggregation> AGGREGATIONS =
      List.of(Aggregation.COUNT, Aggregation.SUM, Aggregation.AVERAGE);
  private static final long TTL_MILLIS = Duration.ofDays(14).toMillis();
  private static final long FLUSH_MILLIS = 50;

  private Payments() {}

  /** The events of a topic. */
  public static SourcePlan source(String topic) {
    return new SourcePlan(
        PROJECT,
        topic,
        List.of(
            Column.required("card", ValueType.STRING),
            Column.required("at", ValueType.TIMESTAMP),
            Column.required("amount", ValueType.INT64)),
        "at",
        topic,
        MAX_DISORDER_MILLIS,
        60_000);
  }

  /** Its features are ordered by window, and within a window count, sum, average. */
  public static ViewPlan view(String topic, List<Window> windows, Delivery delivery) {
    return ViewPlan.live(
        new BoundView(
            PROJECT,
            "spending",
            ENTITY,
            JOIN_KEYS,
            topic,
            List.of("card"),
            null,
            List.of(new InputPlan("amount", ValueType.INT64)),
            features(windows),
            delivery,
            TTL_MILLIS,
            0,
            10_000),
        VIEW,
        Tier.STREAMING,
        1);
  }

  /** A job as the control plane plans it, with the default flush interval. */
  public static StreamingJobPlan job(
      Servers servers, String topic, ViewPlan view, String checkpoints, StateBackend state) {
    return new StreamingJobPlan(
        "benchmark-" + topic,
        source(topic),
        view.view().delivery(),
        List.of(view),
        servers.kafka(),
        servers.redis(),
        FeatureLogPlan.to(checkpoints + "/warehouse"),
        new CheckpointPlan(
            checkpoints,
            CheckpointPlan.MIN_INTERVAL_MILLIS,
            CheckpointPlan.DEFAULT_TIMEOUT_MILLIS,
            0,
            CheckpointPlan.DEFAULT_RETAINED,
            false,
            state),
        FLUSH_MILLIS);
  }

  private static List<FeaturePlan> features(List<Window> windows) {
    List<FeaturePlan> features = new ArrayList<>();
    for (Window window : windows) {
      for (Aggregation aggregation : AGGREGATIONS) {
        boolean counts = aggregation == Aggregation.COUNT;
        features.add(
            new FeaturePlan(
                aggregation.wireName() + "_" + window.lengthMillis(),
                aggregation,
                counts ? FeaturePlan.NO_INPUT : 0,
                window,
                aggregation.resultType(counts ? null : ValueType.INT64).orElseThrow()));
      }
    }
    return features;
  }

  private static Window window(Duration length) {
    return Window.ofMillis(length.toMillis());
  }
}
