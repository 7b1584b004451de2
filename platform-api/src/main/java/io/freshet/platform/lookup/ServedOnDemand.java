package io.freshet.platform.lookup;

import io.freshet.ondemand.OnDemandFeatures;

/**
 * An on-demand view as lookups compute it.
 *
 * @param features those of its features that are selected
 * @param views the index of each view that it reads in {@link LookupPlan#views()}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record ServedOnDemand(OnDemandFeatures features, int[] views, RequestDataReader request) {
  String name() {
    return features.plan().name();
  }
}
