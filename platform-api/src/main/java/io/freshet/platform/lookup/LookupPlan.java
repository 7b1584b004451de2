package io.freshet.platform.lookup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A selection of features with every name resolved: all that requests for it have in common.
 *
 * @param types wire names; null for what is unknown
 * @param columns where each feature is read from; null for what is unknown
 * @param views the views to be read, each once
 * @param numbers of the views, in their order
 * @param entities the entities that the views describe, each once
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record LookupPlan(
    List<String> names,
    List<@Nullable String> types,
    List<@Nullable FeatureColumn> columns,
    List<ServedView> views,
    int[] numbers,
    List<EntityKeyReader> entities,
    List<LookupAnswer.Unknown> unknown) {
  /**
   * Where a feature is.
   *
   * @param view the index in {@link #views()}
   * @param position in the view's row
   */
  record FeatureColumn(int view, int position) {}
}
