package io.freshet.platform.handover;

import static java.util.Objects.requireNonNull;

import io.freshet.plan.HandOverResult.LaneResult;
import io.freshet.plan.SourcePlan;
import io.freshet.platform.registry.Lane;
import io.freshet.platform.registry.Lane.Step;
import io.freshet.platform.registry.LaneSteps;
import io.freshet.platform.schedule.BatchRun;
import io.freshet.platform.schedule.HandOverRuns;
import io.freshet.platform.schedule.RunResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes the lanes of a source from step to step, by what the stream and the runs have done. */
@Component
class LaneProgress {
  private static final Logger log = LoggerFactory.getLogger(LaneProgress.class);

  private final LaneSteps steps;
  private final HandOverRuns runs;
  private final AcknowledgementReader acknowledgements;
  private final HandOverSettings settings;
  private final Clock clock;

  LaneProgress(
      LaneSteps steps,
      HandOverRuns runs,
      AcknowledgementReader acknowledgements,
      HandOverSettings settings,
      Clock clock) {
    this.steps = steps;
    this.runs = runs;
    this.acknowledgements = acknowledgements;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes each lane at most one step further. */
  void bringOn(SourcePlan source, List<Lane> lanes) {
    boolean needsRun = false;
    for (Lane lane : withoutShedding(lanes)) {
      LaneAcknowledgements said = acknowledgements.of(source, lane.number());
      if (hasLostItsBeginning(lane, said)) {
        beginAgain(lane, said);
      } else if (lane.step() == Step.HISTORY && lane.run() == null) {
        needsRun = true;
      } else {
        step(source, lane, said);
      }
    }
    if (needsRun) {
      runs.request(source.project(), source.name());
    }
  }

  /** What sheds gets no history: it begins anew when it is recovered. */
  private static List<Lane> withoutShedding(List<Lane> lanes) {
    return lanes.stream().filter(lane -> !lane.plan().shedding()).toList();
  }

  private void step(SourcePlan source, Lane lane, LaneAcknowledgements said) {
    switch (lane.step()) {
      case CUT -> awaitCut(source, lane, said);
      case HISTORY -> awaitRun(lane);
      case SETTLING -> awaitSettled(lane, said);
      case DONE -> {}
    }
  }

  /** The job fell back behind the lane's beginning, and has begun it elsewhere. */
  private static boolean hasLostItsBeginning(Lane lane, LaneAcknowledgements said) {
    Map<Integer, Long> used = lane.cut();
    return used == null
        ? lane.step() == Step.DONE && !said.cuts().isEmpty()
        : said.beginsElsewhereThan(used);
  }

  private void beginAgain(Lane lane, LaneAcknowledgements said) {
    log.warn(
        "Lane {} of view {} begins at {}, and its history ends at {}: another one begins",
        lane.number(),
        lane.plan().view().name(),
        said.cuts(),
        lane.cut());
    steps.beginAgain(lane, "The streaming job fell back behind the beginning of the lane before");
  }

  private void awaitCut(SourcePlan source, Lane lane, LaneAcknowledgements said) {
    List<Integer> uncut = said.uncut(acknowledgements.partitions(source));
    if (uncut.isEmpty()) {
      steps.cut(lane, said.cuts());
    } else {
      steps.note(
          lane,
          "the stream to say where the lane begins in partitions %s of topic %s%s"
              .formatted(uncut, source.topic(), overdue(lane)));
    }
  }

  private void awaitRun(Lane lane) {
    Optional<BatchRun> run = runs.find(requireNonNull(lane.run()));
    if (run.isEmpty()) {
      steps.assignToNone(lane);
      return;
    }
    switch (run.get().state()) {
      case PENDING, RUNNING -> noteRun(lane, run.get());
      case SUCCEEDED -> takeResult(lane, run.get());
      case FAILED, SKIPPED, CANCELLED -> tryAnother(lane, run.get());
    }
  }

  private void noteRun(Lane lane, BatchRun run) {
    String problem = run.problem() == null ? "" : ", which is tried again: " + run.problem();
    steps.note(lane, "batch run " + run.id() + " to send the history" + problem);
  }

  private void takeResult(Lane lane, BatchRun run) {
    Optional<LaneResult> sent =
        run.result() instanceof RunResult.HandedOver handedOver
            ? handedOver.details().lanes().stream()
                .filter(result -> result.lane() == lane.number())
                .findFirst()
            : Optional.empty();
    sent.ifPresentOrElse(
        result -> steps.historySent(lane, result.events(), result.keys()),
        () -> steps.assignToNone(lane));
  }

  private void tryAnother(Lane lane, BatchRun run) {
    Instant ended = run.finishedAt() == null ? run.requestedAt() : run.finishedAt();
    Instant next = ended.plus(settings.retryPause());
    if (clock.instant().isBefore(next)) {
      steps.note(
          lane,
          "another batch run at %s, after run %s: %s".formatted(next, run.id(), run.problem()));
    } else {
      steps.assignToNone(lane);
    }
  }

  private void awaitSettled(Lane lane, LaneAcknowledgements said) {
    if (said.hasSettled()) {
      steps.live(lane);
      log.info("Lane {} of view {} is live", lane.number(), lane.plan().view().name());
    } else {
      steps.note(lane, "the stream to take the history in" + unsettled(said) + overdue(lane));
    }
  }

  private static String unsettled(LaneAcknowledgements said) {
    return said.parallelism() == 0
        ? ""
        : ": subtasks %s of %d".formatted(said.unsettled(), said.parallelism());
  }

  private String overdue(Lane lane) {
    Duration waited = Duration.between(lane.stepAt(), clock.instant());
    return waited.compareTo(settings.patience()) < 0
        ? ""
        : ", which it has not done since %s: see whether its job runs and completes checkpoints"
            .formatted(lane.stepAt());
  }
}
