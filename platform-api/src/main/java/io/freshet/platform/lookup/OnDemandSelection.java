package io.freshet.platform.lookup;

import io.freshet.ondemand.OnDemandFeatures;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The features of one on-demand view that a selection names, in the order of their naming. */
final class OnDemandSelection {
  private final OnDemandPlan plan;
  private final int[] views;
  private final List<String> selected = new ArrayList<>();

  /**
   * @param views the index of each view that it reads in the lookup's views
   */
  OnDemandSelection(OnDemandPlan plan, int[] views) {
    this.plan = plan;
    this.views = views;
  }

  Optional<OnDemandFeature> feature(String name) {
    return plan.features().stream().filter(feature -> feature.name().equals(name)).findFirst();
  }

  List<OnDemandFeature> features() {
    return plan.features();
  }

  /** Its index among those that are selected. */
  int select(OnDemandFeature feature) {
    selected.add(feature.name());
    return selected.size() - 1;
  }

  ServedOnDemand served() {
    OnDemandFeatures features = OnDemandFeatures.of(plan.only(selected));
    return new ServedOnDemand(features, views, new RequestDataReader(plan));
  }
}
