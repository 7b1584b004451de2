package io.freshet.platform.schedule;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.Lane;
import io.freshet.platform.registry.Lane.Step;
import io.freshet.platform.registry.LaneSteps;
import io.freshet.platform.registry.SourceLock;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The batch runs by which views move from one engine to the other. */
@Component
public class HandOverRuns {
  private final BatchRunTable table;
  private final BatchViewTable views;
  private final LaneSteps steps;
  private final SourceLock sources;
  private final Clock clock;

  HandOverRuns(
      BatchRunTable table, BatchViewTable views, LaneSteps steps, SourceLock sources, Clock clock) {
    this.table = table;
    this.views = views;
    this.steps = steps;
    this.sources = sources;
    this.clock = clock;
  }

  /**
   * Asks for one run that hands their history over to the lanes of a source that are at the step
   * {@link Step#HISTORY} and have no run; one that waits to be started takes them along.
   */
  @Transactional
  public void request(String project, String source) {
    sources.take(project, source);
    List<Lane> lanes =
        steps.running(project, source).stream()
            .filter(lane -> lane.step() == Step.HISTORY && lane.run() == null)
            .filter(lane -> !lane.plan().shedding())
            .toList();
    if (lanes.isEmpty()) {
      return;
    }
    SourceName name = new SourceName(project, source);
    String run = waiting(name).map(BatchRun::id).orElseGet(() -> insert(name));
    lanes.forEach(lane -> steps.assign(lane, run));
  }

  public Optional<BatchRun> find(String run) {
    return table.find(run);
  }

  /** Whether a run of the view's epoch has succeeded. */
  public boolean hasMaterialized(ViewPlan view) {
    return views.doneEpoch(view.number()) >= view.epoch();
  }

  private Optional<BatchRun> waiting(SourceName source) {
    return table.inState(source, State.PENDING).stream()
        .filter(run -> run.cause() == Cause.HAND_OVER && run.attempt() == 0)
        .findFirst();
  }

  private String insert(SourceName source) {
    return table.request(
        source,
        BatchRun.HAND_OVER_TIER,
        Cause.HAND_OVER,
        null,
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }
}
