package io.freshet.platform.rebuild;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.Lane;
import io.freshet.platform.registry.LaneSteps;
import io.freshet.platform.registry.Lanes;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.RebuildRuns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Has the rows of views computed again: views of the stream begin again as lanes that get their
 * history by a hand-over, views of the batch engine are materialized at once. What is asked for is
 * stored, all of it or nothing.
 */
@Component
class Rebuilds {
  private final LiveViews liveViews;
  private final Lanes lanes;
  private final LaneSteps steps;
  private final RebuildRuns runs;

  Rebuilds(LiveViews liveViews, Lanes lanes, LaneSteps steps, RebuildRuns runs) {
    this.liveViews = liveViews;
    this.lanes = lanes;
    this.steps = steps;
    this.runs = runs;
  }

  /**
   * Rebuilds the views of all projects.
   *
   * @param reason for people
   */
  @Transactional
  public List<RebuiltView> all(String reason) {
    return liveViews.bySource().stream().flatMap(source -> of(source, reason)).toList();
  }

  /** Rebuilds the views of a project. */
  @Transactional
  public List<RebuiltView> project(String project, String reason) {
    return liveViews.bySource().stream()
        .filter(source -> source.source().project().equals(project))
        .flatMap(source -> of(source, reason))
        .toList();
  }

  /** Rebuilds a view; in the batch engine those of its source and tier come along. */
  @Transactional
  public List<RebuiltView> view(ViewPlan view, String reason) {
    return liveViews.bySource().stream()
        .filter(source -> source.source().project().equals(view.view().project()))
        .filter(source -> source.source().name().equals(view.view().source()))
        .flatMap(source -> of(source, view.number(), reason))
        .toList();
  }

  private Stream<RebuiltView> of(SourceViews source, String reason) {
    List<RebuiltView> rebuilt = new ArrayList<>();
    newestLanes(source).values().forEach(lane -> rebuilt.add(beginAgain(lane, reason)));
    runs.request(source).ifPresent(requested -> rebuilt.addAll(byRun(requested)));
    return rebuilt.stream();
  }

  private Stream<RebuiltView> of(SourceViews source, int number, String reason) {
    List<RebuiltView> rebuilt = new ArrayList<>();
    Optional.ofNullable(newestLanes(source).get(number))
        .ifPresent(lane -> rebuilt.add(beginAgain(lane, reason)));
    Stream.concat(source.views().stream(), source.leavingStream().stream())
        .filter(view -> view.number() == number)
        .flatMap(view -> runs.request(source, view.tier()).stream())
        .forEach(requested -> rebuilt.addAll(byRun(requested)));
    return rebuilt.stream();
  }

  /** By the number of its view's version, the newest lane of each view that the stream computes. */
  private Map<Integer, Lane> newestLanes(SourceViews source) {
    Map<Integer, Lane> newest = new LinkedHashMap<>();
    steps
        .running(source.source().project(), source.source().name())
        .forEach(lane -> newest.put(lane.plan().number(), lane));
    return newest;
  }

  private RebuiltView beginAgain(Lane lane, String reason) {
    ViewPlan plan = lane.plan();
    if (plan.shedding()) {
      return RebuiltView.later(
          plan, "The view is shed: it begins again when the stream is well and recovers it");
    }
    lanes.beginAgain(plan.number(), reason);
    return RebuiltView.byLane(plan, steps.newest(plan.number(), 1).get(0).number());
  }

  private static List<RebuiltView> byRun(RebuildRuns.Requested requested) {
    return requested.views().stream()
        .map(view -> RebuiltView.byRun(view, requested.run()))
        .toList();
  }
}
