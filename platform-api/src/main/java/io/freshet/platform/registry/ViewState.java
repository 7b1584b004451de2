package io.freshet.platform.registry;

import io.freshet.plan.ViewPlan;
import io.freshet.plan.ViewPlan.Phase;

/** What the values of a view are worth, as far as its engine is concerned. */
public enum ViewState {
  /** They hold everything that its engine should have counted. */
  LIVE,
  /** Those of some keys may still lack events from before the engine began. */
  BOOTSTRAPPING,
  /** Its events are dropped for now, because the engine is overloaded. */
  SHEDDING;

  /**
   * @param serving the plan by which the view is served
   */
  public static ViewState of(ViewPlan serving) {
    if (serving.shedding()) {
      return SHEDDING;
    }
    return serving.phase() == Phase.BOOTSTRAPPING ? BOOTSTRAPPING : LIVE;
  }
}
