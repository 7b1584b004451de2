package io.freshet.platform.reconcile;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.flink.FlinkException;
import io.freshet.platform.reconcile.flink.FlinkRest;
import io.freshet.platform.reconcile.flink.JobSubmission;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/**
 * Starts attempts of streaming jobs, each from the newest checkpoint or savepoint that can be used.
 * That one is passed over is said loudly. A job that had state never starts without it, unless its
 * views begin again as lanes whose history is handed over.
 */
@Component
class JobStarts {
  private static final Logger log = LoggerFactory.getLogger(JobStarts.class);

  private static final String RETAINED = "execution.checkpointing.num-retained";

  private final StreamingIntents intents;
  private final StreamingJobTable jobs;
  private final FlinkRest cluster;
  private final FlinkSettings settings;
  private final RetainedCheckpoints checkpoints;
  private final RecoveryMetrics metrics;
  private final StateLoss stateLoss;
  private final Clock clock;

  JobStarts(
      StreamingIntents intents,
      StreamingJobTable jobs,
      FlinkRest cluster,
      FlinkSettings settings,
      RecoveryMetrics metrics,
      StateLoss stateLoss,
      Clock clock) {
    this.intents = intents;
    this.jobs = jobs;
    this.cluster = cluster;
    this.settings = settings;
    this.checkpoints = new RetainedCheckpoints(settings.checkpointDir());
    this.metrics = metrics;
    this.stateLoss = stateLoss;
    this.clock = clock;
  }

  void first(JobKey key) {
    intents.begin(key).ifPresent(this::submit);
  }

  /** The submission was cut off, unless it ran, made checkpoints and was lost before we saw it. */
  void submitAgain(StreamingJob stored, List<ViewPlan> views) {
    List<RestorePoint> points = checkpoints.newestFirst(stored);
    if (!points.isEmpty() && !points.get(0).uri().equals(stored.savepoint())) {
      another(stored, views, Ending.lost());
    } else {
      submit(stored);
    }
  }

  /**
   * Starts another attempt in the place of one that is gone, or says why it cannot yet.
   *
   * @param views that the job serves
   */
  void another(StreamingJob gone, List<ViewPlan> views, Ending ending) {
    if (ending.cause() != Ending.Cause.STOPPED
        && now().isBefore(gone.requestedAt().plus(settings.attemptPause()))) {
      jobs.observe(gone, gone.state(), "The cluster says " + ending.fate(), now());
      return;
    }
    RestoreChoice choice = RestoreChoice.of(gone, ending, checkpoints.newestFirst(gone));
    if (choice.from().isPresent()) {
      goOn(gone, views, ending, choice, choice.from().get());
    } else if (choice.hadState()) {
      beginAgain(gone, views, choice);
    } else {
      log.warn("{}: starting it again from the earliest event", describe(gone, ending));
      intents.retry(gone, null, gone.past()).ifPresent(this::submit);
    }
  }

  private void goOn(
      StreamingJob gone,
      List<ViewPlan> views,
      Ending ending,
      RestoreChoice choice,
      RestorePoint from) {
    Past past = gone.past().noting(null).rejecting(choice.rejected());
    if (choice.passedOver().isEmpty()) {
      log.atLevel(ending.cause() == Ending.Cause.STOPPED ? Level.INFO : Level.WARN)
          .log("{}: starting it again from {}", describe(gone, ending), from.uri());
    } else {
      String notice = "Fell back to " + from.uri() + ": " + textOf(choice.passedOver());
      log.error("{}. {}", describe(gone, ending), notice);
      metrics.countFallback(gone.key());
      stateLoss.fellBack(views, from.completedAt(), notice);
      past = past.noting(notice);
    }
    intents.retry(gone, from, past).ifPresent(this::submit);
  }

  /** Until its views can begin again, the job waits under a condition that is there to be seen. */
  private void beginAgain(StreamingJob gone, List<ViewPlan> views, RestoreChoice choice) {
    String lost =
        "None of the job's checkpoints can be used: "
            + textOf(choice.unusable())
            + ". All its views begin again";
    if (gone.condition() != Condition.STATE_LOST) {
      log.error("Job {} attempt {}: {}", gone.key().jobName(), gone.attempt(), lost);
      metrics.countFallback(gone.key());
      jobs.hold(gone, Condition.STATE_LOST, lost, now());
    }
    String notice = "Began without state, all views begin again: " + textOf(choice.unusable());
    stateLoss.lostAll(views, notice);
    Past past = gone.past().rejecting(choice.rejected()).noting(notice);
    intents.beginAgain(gone, past).ifPresent(this::submit);
  }

  private static String describe(StreamingJob gone, Ending ending) {
    return "Job %s attempt %d (%s) is %s"
        .formatted(gone.key().jobName(), gone.attempt(), gone.jobId(), ending.fate());
  }

  private static String textOf(List<RestoreChoice.Unusable> points) {
    return points.stream()
        .map(point -> point.uri() + " cannot be used, " + point.reason())
        .collect(Collectors.joining("; "));
  }

  private void submit(StreamingJob job) {
    try {
      String jar = cluster.upload(settings.jobJar());
      cluster.run(
          jar,
          new JobSubmission(
              job.jobId(),
              List.of(PlanCodec.encodeToString(job.plan())),
              job.launch().parallelism(),
              job.savepoint()));
    } catch (FlinkException failure) {
      if (!failure.isRefusal() || cluster.job(job.jobId()).isEmpty()) {
        throw failure;
      }
    }
    log.info(
        "Job {} attempt {} is submitted as {}", job.key().jobName(), job.attempt(), job.jobId());
    warnOfOtherRetention();
  }

  /** The cluster alone decides how many checkpoints it keeps, whatever a job says. */
  private void warnOfOtherRetention() {
    int retained = cluster.setting(RETAINED).map(Integer::parseInt).orElse(1);
    if (retained < settings.checkpointsRetained()) {
      log.error(
          "The Flink cluster keeps {} checkpoints of a job and not {}: set {} in its"
              + " configuration, else there are too few to fall back to",
          retained,
          settings.checkpointsRetained(),
          RETAINED);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
