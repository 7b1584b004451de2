package io.freshet.streaming;

import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Deduplication;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLog;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Departures as the tests' source, and views over them. */
public final class Flights {
  public static final long MAX_DISORDER_MILLIS = 2_000;

  /**
   * The most by which departures that are sent now are dated back. The source judges by when they
   * arrive: they have the rest of the disorder for the way.
   */
  public static final int DATED_BACK_MILLIS = 1_000;

  public static final long MAX_FUTURE_MILLIS = 60_000;
  public static final long TTL_MILLIS = 3_600_000;

  private Flights() {}

  public static SourcePlan source(String project) {
    return new SourcePlan(
        project,
        "departures",
        List.of(
            Column.required("origin", ValueType.STRING),
            Column.required("at", ValueType.TIMESTAMP),
            Column.optional("delay", ValueType.INT64)),
        "at",
        project + ".departures",
        MAX_DISORDER_MILLIS,
        MAX_FUTURE_MILLIS);
  }

  /** The same source with an optional column more: {@code taxi}, an int64. */
  public static SourcePlan withTaxi(SourcePlan source) {
    List<Column> columns = new ArrayList<>(source.columns());
    columns.add(0, Column.optional("taxi", ValueType.INT64));
    return new SourcePlan(
        source.project(),
        source.name(),
        columns,
        source.eventTime(),
        source.topic(),
        source.maxDisorderMillis(),
        source.maxFutureMillis());
  }

  /** The same source, whose events are copies by their delay if so near in time. */
  public static SourcePlan withCopies(SourcePlan source, long withinMillis) {
    return new SourcePlan(
        source.project(),
        source.name(),
        source.columns(),
        source.eventTime(),
        source.topic(),
        source.maxDisorderMillis(),
        source.maxFutureMillis(),
        source.avro(),
        new Deduplication("delay", withinMillis));
  }

  /** count, sum, average and greatest delay by origin, over one window. */
  public static ViewPlan view(
      String project, String name, int number, long windowMillis, @Nullable String filter) {
    return view(project, name, number, Window.ofMillis(windowMillis), filter);
  }

  /** The same over all events of an origin. */
  public static ViewPlan viewOfAllEvents(String project, String name, int number) {
    return view(project, name, number, Window.LIFETIME, null);
  }

  private static ViewPlan view(
      String project, String name, int number, Window window, @Nullable String filter) {
    BoundView view =
        new BoundView(
            project,
            name,
            "airport",
            List.of(Column.required("origin", ValueType.STRING)),
            "departures",
            List.of("origin"),
            filter,
            List.of(new InputPlan("delay", ValueType.INT64)),
            List.of(
                feature("departures", Aggregation.COUNT, FeaturePlan.NO_INPUT, window),
                feature("delay_sum", Aggregation.SUM, 0, window),
                feature("delay_average", Aggregation.AVERAGE, 0, window),
                feature("delay_max", Aggregation.MAX, 0, window)),
            Delivery.EXACTLY_ONCE,
            TTL_MILLIS,
            0,
            10_000);
    return ViewPlan.live(view, number, Tier.STREAMING, 1);
  }

  public static ViewPlan view(String project, String name, int number, long windowMillis) {
    return view(project, name, number, windowMillis, null);
  }

  /** The same view, logged. */
  public static ViewPlan logged(ViewPlan plan, FeatureLog... logs) {
    BoundView view = plan.view();
    BoundView logged =
        new BoundView(
            view.project(),
            view.name(),
            view.entity(),
            view.joinKeys(),
            view.source(),
            view.keyColumns(),
            view.filter(),
            view.inputs(),
            view.features(),
            view.delivery(),
            view.ttlMillis(),
            view.allowedLatenessMillis(),
            view.maxStalenessMillis(),
            List.of(logs),
            view.shedding());
    return ViewPlan.live(logged, plan.number(), plan.tier(), plan.epoch());
  }

  public static StreamingJobPlan job(
      String project, List<ViewPlan> views, String kafka, String redis, String checkpoints) {
    return job(source(project), views, kafka, redis, checkpoints);
  }

  public static StreamingJobPlan job(
      SourcePlan source, List<ViewPlan> views, String kafka, String redis, String checkpoints) {
    return new StreamingJobPlan(
        "freshet-" + source.project(),
        source,
        Delivery.EXACTLY_ONCE,
        views,
        kafka,
        redis,
        FeatureLogPlan.to("/none"),
        CheckpointPlan.every(checkpoints, 10_000),
        50);
  }

  /** The event as JSON; a delay that is null is left out. */
  public static String event(String origin, long atMillis, @Nullable Long delay) {
    String rest = delay == null ? "" : ",\"delay\":" + delay;
    return "{\"origin\":\"" + origin + "\",\"at\":" + atMillis + rest + "}";
  }

  private static FeaturePlan feature(
      String name, Aggregation aggregation, int input, Window window) {
    FeatureType type =
        aggregation
            .resultType(input == FeaturePlan.NO_INPUT ? null : ValueType.INT64)
            .orElseThrow();
    return new FeaturePlan(name, aggregation, input, window, type);
  }
}
