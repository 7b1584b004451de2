package io.freshet.streaming.definition;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.state.ManagedInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * The live views of an operator, kept in its broadcast state, each in the form that the operator
 * works with. For the operator's thread alone.
 */
public final class LiveViews<V> {
  /** Plans by view number. */
  public static final MapStateDescriptor<Integer, byte[]> STATE =
      new MapStateDescriptor<>(
          "live-views",
          BasicTypeInfo.INT_TYPE_INFO,
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final BroadcastState<Integer, byte[]> state;
  private final Function<ViewPlan, V> form;
  private final Map<Integer, V> live = new TreeMap<>();

  private LiveViews(BroadcastState<Integer, byte[]> state, Function<ViewPlan, V> form) {
    this.state = state;
    this.form = form;
  }

  /**
   * Restores the views of a checkpoint, or starts with the seeds if there is none.
   *
   * @param form makes of a plan what the operator works with
   */
  public static <V> LiveViews<V> open(
      ManagedInitializationContext context, List<ViewPlan> seeds, Function<ViewPlan, V> form)
      throws Exception {
    LiveViews<V> views =
        new LiveViews<>(context.getOperatorStateStore().getBroadcastState(STATE), form);
    if (context.isRestored()) {
      for (Map.Entry<Integer, byte[]> entry : views.state.immutableEntries()) {
        views.bind(entry.getKey(), entry.getValue());
      }
    } else {
      for (ViewPlan seed : seeds) {
        views.apply(new DefinitionChange(seed.number(), PlanCodec.encode(seed)));
      }
    }
    return views;
  }

  public void apply(DefinitionChange change) throws Exception {
    byte[] plan = change.plan();
    if (plan == null) {
      state.remove(change.view());
      live.remove(change.view());
    } else {
      state.put(change.view(), plan);
      bind(change.view(), plan);
    }
  }

  /** The view of a number, or null if it is not live. */
  public @Nullable V find(int view) {
    return live.get(view);
  }

  public Collection<V> all() {
    return Collections.unmodifiableCollection(live.values());
  }

  private void bind(int view, byte[] plan) {
    live.put(view, form.apply(PlanCodec.decode(plan, ViewPlan.class)));
  }
}
