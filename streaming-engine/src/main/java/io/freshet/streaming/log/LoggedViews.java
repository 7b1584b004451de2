package io.freshet.streaming.log;

import io.freshet.plan.FeatureLog;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.streaming.definition.DefinitionChange;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.ManagedInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * The views that log, by number, as their newest lanes have them. A view that has gone is kept:
 * rows of it may still be on their way, and its number is never another view's.
 */
final class LoggedViews {
  static final MapStateDescriptor<Integer, byte[]> STATE =
      new MapStateDescriptor<>(
          "logged-views",
          BasicTypeInfo.INT_TYPE_INFO,
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final BroadcastState<Integer, byte[]> state;
  private final Map<Integer, ViewPlan> plans = new HashMap<>();

  private LoggedViews(BroadcastState<Integer, byte[]> state) {
    this.state = state;
  }

  /** Those of the checkpoint and those that the job was submitted with. */
  static LoggedViews open(ManagedInitializationContext context, StreamingJobPlan job)
      throws Exception {
    LoggedViews views = new LoggedViews(context.getOperatorStateStore().getBroadcastState(STATE));
    for (Map.Entry<Integer, byte[]> kept : views.state.immutableEntries()) {
      views.plans.put(kept.getKey(), PlanCodec.decode(kept.getValue(), ViewPlan.class));
    }
    for (ViewPlan seed : job.views()) {
      views.learn(seed, PlanCodec.encode(seed));
    }
    return views;
  }

  /** Whether a view, or a newer lane of it, came that was not known. */
  boolean learn(DefinitionChange change) throws Exception {
    byte[] json = change.plan();
    if (json == null || change.lane() == SourcePlan.DEFINITION_NUMBER) {
      return false;
    }
    return learn(PlanCodec.decode(json, ViewPlan.class), json);
  }

  @Nullable ViewPlan find(int number) {
    return plans.get(number);
  }

  static boolean logsTo(FeatureLog log, ViewPlan plan) {
    return plan.view().featureLogs().contains(log);
  }

  private boolean learn(ViewPlan plan, byte[] json) throws Exception {
    ViewPlan known = plans.get(plan.number());
    if (plan.view().featureLogs().isEmpty() || (known != null && known.lane() >= plan.lane())) {
      return false;
    }
    state.put(plan.number(), json);
    plans.put(plan.number(), plan);
    return true;
  }
}
