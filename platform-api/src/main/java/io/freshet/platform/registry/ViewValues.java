package io.freshet.platform.registry;

import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;

/** Tells what decides the values of a view from what decides how they are materialized. */
final class ViewValues {
  private ViewValues() {}

  /** Whether two views have the same values, however they are materialized and served. */
  static boolean same(BoundView one, BoundView other) {
    return materializedAs(other, other.delivery(), one).equals(other);
  }

  /** The view, to be delivered otherwise. */
  static BoundView delivered(BoundView view, Delivery delivery) {
    return view.delivery() == delivery ? view : materializedAs(view, delivery, view);
  }

  private static BoundView materializedAs(BoundView how, Delivery delivery, BoundView values) {
    return new BoundView(
        values.project(),
        values.name(),
        values.entity(),
        values.joinKeys(),
        values.source(),
        values.keyColumns(),
        values.filter(),
        values.inputs(),
        values.features(),
        delivery,
        how.ttlMillis(),
        values.allowedLatenessMillis(),
        how.maxStalenessMillis(),
        how.featureLogs(),
        how.shedding());
  }
}
