package io.freshet.platform.registry;

import io.freshet.plan.BoundView;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.plan.ViewPlan.Phase;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Begins lanes. The transaction is the caller's, who has the registry's lock. */
@Component
class LaneStarts {
  private final LaneTable lanes;
  private final ViewVersionTable versions;
  private final SourceLock sources;

  LaneStarts(LaneTable lanes, ViewVersionTable versions, SourceLock sources) {
    this.lanes = lanes;
    this.versions = versions;
    this.sources = sources;
  }

  /** The first lane of a new version, which has the version's number. */
  void beginFirst(ViewPlan plan, String reason, Instant now) {
    lanes.insert(Lane.begun(plan, reason, now));
  }

  /**
   * Begins a lane that waits for its history, and by which the view is served from now on.
   *
   * @return the version as it is then
   */
  ViewVersion beginServing(ViewVersion version, BoundView bound, String reason, Instant now) {
    ViewPlan lane = begin(version, bound, reason, now);
    return stored(version, lane, lane);
  }

  /** Begins a lane that waits for its history, while the view is served as it was. */
  ViewVersion beginBeside(ViewVersion version, BoundView bound, String reason, Instant now) {
    return stored(version, version.plan(), begin(version, bound, reason, now));
  }

  private ViewPlan begin(ViewVersion version, BoundView bound, String reason, Instant now) {
    sources.take(bound.project(), bound.source());
    int view = version.plan().number();
    int lane = lanes.find(view).isEmpty() ? view : versions.nextNumber();
    ViewPlan plan =
        new ViewPlan(
            bound, view, lane, Tier.STREAMING, nextEpoch(version), Phase.BOOTSTRAPPING, false);
    lanes.insert(Lane.begun(plan, reason, now));
    return plan;
  }

  /** A batch run that is to take the view over still comes after the lane. */
  private ViewVersion stored(ViewVersion version, ViewPlan serving, ViewPlan begun) {
    ViewPlan next = version.next();
    ViewVersion changed =
        new ViewVersion(
            serving, version.route(), next == null ? null : ofEpoch(next, begun.epoch() + 1));
    versions.update(changed);
    return changed;
  }

  /** An epoch above all that wrote, or are about to write, the rows of the view's version. */
  int nextEpoch(ViewVersion version) {
    ViewPlan next = version.next();
    int known = Math.max(version.plan().epoch(), next == null ? 0 : next.epoch());
    return 1 + Math.max(known, lanes.greatestEpoch(version.plan().number()));
  }

  private static ViewPlan ofEpoch(ViewPlan plan, int epoch) {
    return new ViewPlan(
        plan.view(), plan.number(), plan.lane(), plan.tier(), epoch, plan.phase(), plan.shedding());
  }
}
