package io.freshet.oracle;

import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bound views with one thing changed. */
public final class Views {
  private Views() {}

  public static BoundView allowing(BoundView view, long latenessMillis) {
    return with(view, view.keyColumns(), view.filter(), view.features(), latenessMillis);
  }

  /** The view with its key taken from other columns. */
  public static BoundView keyedBy(BoundView view, List<String> keyColumns) {
    return with(view, keyColumns, view.filter(), view.features(), view.allowedLatenessMillis());
  }

  static BoundView filtered(BoundView view, @Nullable String filter) {
    return with(view, view.keyColumns(), filter, view.features(), view.allowedLatenessMillis());
  }

  static BoundView having(BoundView view, List<FeaturePlan> features) {
    return with(view, view.keyColumns(), view.filter(), features, view.allowedLatenessMillis());
  }

  private static BoundView with(
      BoundView view,
      List<String> keyColumns,
      @Nullable String filter,
      List<FeaturePlan> features,
      long latenessMillis) {
    return new BoundView(
        view.project(),
        view.name(),
        view.entity(),
        view.joinKeys(),
        view.source(),
        keyColumns,
        filter,
        view.inputs(),
        features,
        view.delivery(),
        view.ttlMillis(),
        latenessMillis,
        view.maxStalenessMillis());
  }
}
