package io.freshet.platform.lookup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A selection of features with every name resolved: all that requests for it have in common.
 *
 * @param types wire names; null for what is unknown
 * @param columns where each feature comes from; null for what is unknown
 * @param views the views to be read, each once
 * @param numbers of the views, in their order
 * @param onDemand the on-demand views that features are computed by, each once
 * @param entities the entities that the views describe, each once
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record LookupPlan(
    List<String> names,
    List<@Nullable String> types,
    List<@Nullable FeatureColumn> columns,
    List<ServedView> views,
    int[] numbers,
    List<ServedOnDemand> onDemand,
    List<EntityKeyReader> entities,
    List<LookupAnswer.Unknown> unknown) {
  /** Where a feature comes from. */
  sealed interface FeatureColumn {}

  /**
   * It is in the online store.
   *
   * @param view the index in {@link #views()}
   * @param position in the view's row
   */
  record Stored(int view, int position) implements FeatureColumn {}

  /**
   * It is computed.
   *
   * @param onDemand the index in {@link #onDemand()}
   * @param feature the index in the features of that
   */
  record Computed(int onDemand, int feature) implements FeatureColumn {}
}
