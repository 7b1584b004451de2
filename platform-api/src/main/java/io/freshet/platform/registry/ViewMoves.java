package io.freshet.platform.registry;

import io.freshet.plan.BoundView;
import io.freshet.plan.Engine;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.routing.Route;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Changes how a view is materialized and not what its values are. It keeps its number, and is
 * served as before until the engine that it moves to has all of its history. The transaction is the
 * caller's, who has the registry's lock.
 */
@Component
class ViewMoves {
  private final LaneTable lanes;
  private final LaneStarts starts;
  private final ViewVersionTable versions;

  ViewMoves(LaneTable lanes, LaneStarts starts, ViewVersionTable versions) {
    this.lanes = lanes;
    this.starts = starts;
    this.versions = versions;
  }

  /**
   * @param version what is live
   * @param bound with the same values as that
   * @return the version as it is from now on
   */
  ViewVersion move(ViewVersion version, BoundView bound, Route route, Instant now) {
    lanes
        .running(version.plan().number())
        .forEach(lane -> lanes.rebind(lane.number(), like(lane.plan(), bound)));
    ViewVersion rebound =
        new ViewVersion(
            withView(version.plan(), like(version.plan(), bound)), route, version.next());
    if (route.engine() == Engine.STREAMING) {
      return toStream(rebound, bound, now);
    }
    return version.isServedByStream()
        ? leaveStream(rebound, bound, route.tier(), now)
        : stayInBatch(rebound, bound, route.tier(), now);
  }

  private ViewVersion toStream(ViewVersion version, BoundView bound, Instant now) {
    List<Lane> running = lanes.running(version.plan().number());
    boolean underWay =
        version.next() == null
            && !running.isEmpty()
            && newest(running).view().delivery() == bound.delivery();
    if (underWay) {
      return stored(version);
    }
    endAllButServing(version, running, now);
    // The lane's epoch is above that of a run that was to take the view over, whose rows may be
    // there already.
    ViewVersion begun = starts.beginBeside(version, bound, reason(bound), now);
    return stored(new ViewVersion(begun.plan(), begun.route()));
  }

  private static String reason(BoundView bound) {
    return "The view moves to the stream of delivery " + bound.delivery().wireName();
  }

  private ViewVersion leaveStream(ViewVersion version, BoundView bound, Tier tier, Instant now) {
    endAllButServing(version, lanes.running(version.plan().number()), now);
    ViewPlan before = version.next();
    int epoch = before == null ? starts.nextEpoch(version) : before.epoch();
    ViewPlan next = ViewPlan.live(bound, version.plan().number(), tier, epoch);
    return stored(new ViewVersion(version.plan(), version.route(), next));
  }

  /** Lanes that were to take the view over may have written rows, which the next run must beat. */
  private ViewVersion stayInBatch(ViewVersion version, BoundView bound, Tier tier, Instant now) {
    List<Lane> running = lanes.running(version.plan().number());
    running.forEach(lane -> lanes.end(lane.number(), now));
    int epoch = running.isEmpty() ? version.plan().epoch() : starts.nextEpoch(version);
    ViewPlan plan = ViewPlan.live(bound, version.plan().number(), tier, epoch);
    return stored(new ViewVersion(plan, version.route()));
  }

  private void endAllButServing(ViewVersion version, List<Lane> running, Instant now) {
    running.stream()
        .filter(lane -> !version.isServedByStream() || lane.number() != version.plan().lane())
        .forEach(lane -> lanes.end(lane.number(), now));
  }

  private static BoundView like(ViewPlan plan, BoundView bound) {
    return ViewValues.delivered(bound, plan.view().delivery());
  }

  private ViewVersion stored(ViewVersion version) {
    versions.update(version);
    return version;
  }

  private static ViewPlan newest(List<Lane> running) {
    return running.get(running.size() - 1).plan();
  }

  private static ViewPlan withView(ViewPlan plan, BoundView view) {
    return new ViewPlan(
        view, plan.number(), plan.lane(), plan.tier(), plan.epoch(), plan.phase(), plan.shedding());
  }
}
