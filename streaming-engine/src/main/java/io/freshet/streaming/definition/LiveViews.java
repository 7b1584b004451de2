package io.freshet.streaming.definition;

import io.freshet.event.ViewProjection;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourceEvolution;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.ManagedInitializationContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source as it is now and the lanes of its views, kept in the broadcast state of an operator,
 * each in the form that the operator works with. A lane whose view does not fit the source is not
 * live, in no operator; it is tried again when the source changes. For the operator's thread alone.
 */
public final class LiveViews<V> {
  /** Plans by lane; the source's under its own. */
  public static final MapStateDescriptor<Integer, byte[]> STATE =
      new MapStateDescriptor<>(
          "live-views",
          BasicTypeInfo.INT_TYPE_INFO,
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private static final Logger LOG = LoggerFactory.getLogger(LiveViews.class);

  private final BroadcastState<Integer, byte[]> state;
  private final SourcePlan submitted;
  private final BiFunction<ViewPlan, SourcePlan, V> form;
  private final Map<Integer, V> live = new TreeMap<>();
  private SourcePlan source;

  private LiveViews(
      BroadcastState<Integer, byte[]> state,
      SourcePlan submitted,
      BiFunction<ViewPlan, SourcePlan, V> form) {
    this.state = state;
    this.submitted = submitted;
    this.source = submitted;
    this.form = form;
  }

  /**
   * Restores the source and the views of a checkpoint, or starts with the job's if there is none.
   *
   * @param form makes of a plan what the operator works with
   */
  public static <V> LiveViews<V> open(
      ManagedInitializationContext context,
      StreamingJobPlan job,
      BiFunction<ViewPlan, SourcePlan, V> form)
      throws Exception {
    LiveViews<V> views =
        new LiveViews<>(
            context.getOperatorStateStore().getBroadcastState(STATE), job.source(), form);
    if (context.isRestored()) {
      byte[] restored = views.state.get(SourcePlan.DEFINITION_NUMBER);
      if (restored != null) {
        views.follow(restored);
      }
      views.bindAll();
    } else {
      for (ViewPlan seed : job.views()) {
        views.put(seed.lane(), PlanCodec.encode(seed));
      }
    }
    return views;
  }

  public void apply(DefinitionChange change) throws Exception {
    byte[] plan = change.plan();
    if (change.lane() == SourcePlan.DEFINITION_NUMBER) {
      applySource(plan);
    } else if (plan == null) {
      state.remove(change.lane());
      live.remove(change.lane());
    } else {
      put(change.lane(), state.contains(change.lane()) ? plan : firstLearned(plan));
    }
  }

  /** The source as it is now. */
  public SourcePlan source() {
    return source;
  }

  /** The view of a lane, or null if it is not live. */
  public @Nullable V find(int lane) {
    return live.get(lane);
  }

  public Collection<V> all() {
    return Collections.unmodifiableCollection(live.values());
  }

  private void put(int lane, byte[] plan) throws Exception {
    state.put(lane, plan);
    bind(lane, plan);
  }

  /**
   * A lane that comes while the job runs has no history yet, whatever its plan says: it may have
   * been live before the job fell back to an older checkpoint.
   */
  private static byte[] firstLearned(byte[] json) {
    try {
      ViewPlan plan = PlanCodec.decode(json, ViewPlan.class);
      return PlanCodec.encode(
          new ViewPlan(
              plan.view(),
              plan.number(),
              plan.lane(),
              plan.tier(),
              plan.epoch(),
              ViewPlan.Phase.BOOTSTRAPPING,
              plan.shedding()));
    } catch (RuntimeException e) {
      return json; // Not a plan, which is told where it is bound.
    }
  }

  private void applySource(byte @Nullable [] plan) throws Exception {
    SourcePlan before = source;
    if (plan == null) {
      state.remove(SourcePlan.DEFINITION_NUMBER);
      source = submitted;
    } else if (follow(plan)) {
      state.put(SourcePlan.DEFINITION_NUMBER, plan);
    }
    if (!source.equals(before)) {
      bindAll();
    }
  }

  /**
   * Takes a plan of the source if it can follow the one that holds. One that cannot is older: the
   * topic is read from its start, and a job may be submitted with a newer plan than it has state.
   */
  private boolean follow(byte[] json) {
    try {
      SourcePlan plan = PlanCodec.decode(json, SourcePlan.class);
      if (SourceEvolution.canFollow(source, plan)) {
        source = plan;
        return true;
      }
      LOG.info("Passing over an older plan of source {}", source.name());
    } catch (RuntimeException e) {
      LOG.error("Cannot use a plan of source {}: it is left out", source.name(), e);
    }
    return false;
  }

  private void bindAll() throws Exception {
    live.clear();
    for (Map.Entry<Integer, byte[]> entry : state.immutableEntries()) {
      if (entry.getKey() != SourcePlan.DEFINITION_NUMBER) {
        bind(entry.getKey(), entry.getValue());
      }
    }
  }

  private void bind(int lane, byte[] json) {
    try {
      ViewPlan plan = PlanCodec.decode(json, ViewPlan.class);
      ViewProjection.of(plan.view(), source);
      live.put(lane, form.apply(plan, source));
    } catch (RuntimeException e) {
      live.remove(lane);
      LOG.error(
          "Cannot run lane {} of source {}: it is left out until one of the two changes",
          lane,
          source.name(),
          e);
    }
  }
}
