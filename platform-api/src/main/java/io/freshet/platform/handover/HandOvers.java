package io.freshet.platform.handover;

import io.freshet.error.FreshetException;
import io.freshet.plan.SourcePlan;
import io.freshet.platform.events.SourceTopics;
import io.freshet.platform.registry.Lane;
import io.freshet.platform.registry.LaneSteps;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.HandOverRuns;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Brings hand-overs on: of the views that begin in the stream, and of those that leave it. It looks
 * at states, not at changes, so that a pass that was cut off is made good by the next one, of this
 * replica or another. Used by one thread.
 */
@Component
class HandOvers {
  private static final Logger log = LoggerFactory.getLogger(HandOvers.class);

  private final LiveViews liveViews;
  private final LaneSteps steps;
  private final HandOverRuns runs;
  private final SourceTopics topics;
  private final AcknowledgementReader acknowledgements;
  private final LaneProgress progress;
  private String lastProblem = "";

  HandOvers(
      LiveViews liveViews,
      LaneSteps steps,
      HandOverRuns runs,
      SourceTopics topics,
      AcknowledgementReader acknowledgements,
      LaneProgress progress) {
    this.liveViews = liveViews;
    this.steps = steps;
    this.runs = runs;
    this.topics = topics;
    this.acknowledgements = acknowledgements;
    this.progress = progress;
  }

  /** One pass over all sources; one that cannot be brought on does not hold up the others. */
  void bringOn() {
    List<SourceViews> sources = liveViews.bySource();
    sources.stream()
        .flatMap(source -> source.leavingStream().stream())
        .filter(runs::hasMaterialized)
        .forEach(steps::materialized);
    Map<String, List<Lane>> running =
        steps.running().stream().collect(Collectors.groupingBy(HandOvers::sourceOf));
    List<SourcePlan> streamed =
        sources.stream()
            .map(SourceViews::source)
            .filter(source -> running.containsKey(nameOf(source)))
            .toList();
    try {
      streamed.forEach(topics::ensure);
      acknowledgements.readOn(streamed);
      lastProblem = "";
    } catch (FreshetException failure) {
      noteProblem(failure, running.values().stream().flatMap(List::stream).toList());
      return;
    }
    for (SourcePlan source : streamed) {
      bringOn(source, running.getOrDefault(nameOf(source), List.of()));
    }
  }

  private void bringOn(SourcePlan source, List<Lane> lanes) {
    try {
      progress.bringOn(source, lanes);
    } catch (FreshetException | DataAccessException failure) {
      noteProblem(failure, lanes);
    }
  }

  private void noteProblem(RuntimeException failure, List<Lane> lanes) {
    String problem = String.valueOf(failure.getMessage());
    if (!problem.equals(lastProblem)) {
      log.warn("Hand-overs wait: {}", problem);
      lastProblem = problem;
    }
    lanes.stream()
        .filter(lane -> lane.step() != Lane.Step.DONE)
        .forEach(lane -> steps.note(lane, problem));
  }

  private static String sourceOf(Lane lane) {
    return lane.plan().view().project() + "/" + lane.plan().view().source();
  }

  private static String nameOf(SourcePlan source) {
    return source.project() + "/" + source.name();
  }
}
