package io.freshet.platform.lookup;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.ViewVersion;
import io.freshet.value.RowCodec;

/**
 * A view as lookups read it.
 *
 * @param codec of its rows
 * @param entity the index of its entity in {@link LookupPlan#entities()}
 */
record ServedView(ViewPlan plan, RowCodec codec, long maxStalenessMillis, int entity) {
  static ServedView of(ViewVersion version, int entity) {
    ViewPlan plan = version.plan();
    long declared = plan.view().maxStalenessMillis();
    return new ServedView(
        plan,
        new RowCodec(plan.view().rowTypes()),
        declared > 0 ? declared : version.route().achievableStalenessMillis(),
        entity);
  }
}
