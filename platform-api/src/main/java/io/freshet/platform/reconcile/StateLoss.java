package io.freshet.platform.reconcile;

import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.util.List;

/**
 * Told before a streaming job goes on with less state than it had; who owns the lanes of views
 * begins those again that are concerned. It may be told the same more than once.
 */
public interface StateLoss {
  /**
   * The job goes on from an older checkpoint than its newest. Events are counted again from there,
   * with the same results; but lanes whose cut is not in that checkpoint have no history.
   *
   * @param stateOf when that checkpoint was completed: lanes that began later are not in it
   */
  void fellBack(List<ViewPlan> views, Instant stateOf, String reason);

  /** The job goes on without any state: no lane has a history. */
  void lostAll(List<ViewPlan> views, String reason);
}
