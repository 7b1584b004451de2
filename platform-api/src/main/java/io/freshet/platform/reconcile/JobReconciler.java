package io.freshet.platform.reconcile;

import io.freshet.error.ErrorCategory;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourceEvolution;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.flink.FlinkException;
import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.FlinkRest;
import io.freshet.platform.reconcile.flink.JobSubmission;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings one job of the cluster to what is stored about it. What the cluster has lost starts again
 * from its newest complete checkpoint, as another attempt; from the earliest event only if there
 * never was a checkpoint. The views of a job that runs are never a reason to touch it, nor are the
 * changes of its source that views can bear: they come by the definitions topic. A source that was
 * replaced while no view used it is one: the job is cancelled, and goes on from its newest
 * checkpoint with the new source.
 */
@Component
class JobReconciler {
  private static final Logger log = LoggerFactory.getLogger(JobReconciler.class);

  private final StreamingIntents intents;
  private final StreamingJobTable jobs;
  private final FlinkRest cluster;
  private final FlinkSettings settings;
  private final RetainedCheckpoints checkpoints;
  private final Clock clock;

  JobReconciler(
      StreamingIntents intents,
      StreamingJobTable jobs,
      FlinkRest cluster,
      FlinkSettings settings,
      Clock clock) {
    this.intents = intents;
    this.jobs = jobs;
    this.cluster = cluster;
    this.settings = settings;
    this.checkpoints = new RetainedCheckpoints(settings.checkpointDir());
    this.clock = clock;
  }

  /**
   * Makes the job run if views want it, and end if none does.
   *
   * @param stored what was asked for before, or null
   */
  void reconcile(
      JobKey key, @Nullable StreamingJob stored, SourcePlan source, List<ViewPlan> views) {
    if (views.isEmpty()) {
      if (stored != null) {
        reconcileUnwanted(stored);
      }
    } else if (stored == null || stored.state() == StreamingJob.State.CANCELLED) {
      intents.begin(key).ifPresent(this::submit);
    } else if (stored.state() == StreamingJob.State.CANCELLING) {
      cancel(stored);
    } else {
      keepRunning(stored, source);
    }
  }

  /** Makes a job end that no view wants any more. */
  void reconcileUnwanted(StreamingJob stored) {
    if (stored.isWanted()) {
      intents.end(stored);
      jobs.find(stored.key())
          .filter(job -> job.state() == StreamingJob.State.CANCELLING)
          .ifPresent(this::cancel);
    } else if (stored.state() == StreamingJob.State.CANCELLING) {
      cancel(stored);
    }
  }

  private void keepRunning(StreamingJob stored, SourcePlan source) {
    Optional<FlinkJob> seen = cluster.job(stored.jobId());
    boolean alive = seen.isPresent() && !seen.get().state().isTerminal();
    if (alive && !SourceEvolution.canFollow(stored.plan().source(), source)) {
      cluster.cancel(stored.jobId());
    } else if (alive) {
      observeRunning(stored);
    } else if (stored.state() == StreamingJob.State.REQUESTED && seen.isEmpty()) {
      submitAgain(stored);
    } else {
      startAnother(stored, seen.map(job -> job.state().name()).orElse("lost"));
    }
  }

  private void observeRunning(StreamingJob stored) {
    if (stored.state() != StreamingJob.State.RUNNING || stored.problem() != null) {
      jobs.observe(stored, StreamingJob.State.RUNNING, null, clock.instant());
    }
  }

  /** The submission was cut off, unless it ran, made checkpoints and was lost before we saw it. */
  private void submitAgain(StreamingJob stored) {
    Optional<String> newest = checkpoints.newest(JobIds.newestFirst(stored));
    if (newest.isPresent() && !newest.get().equals(stored.savepoint())) {
      startAnother(stored, "lost");
    } else {
      submit(stored);
    }
  }

  private void startAnother(StreamingJob gone, String fate) {
    if (clock.instant().isBefore(gone.requestedAt().plus(settings.attemptPause()))) {
      jobs.observe(gone, gone.state(), "The cluster says " + fate, clock.instant());
      return;
    }
    Optional<String> restoreFrom = checkpoints.newest(JobIds.newestFirst(gone));
    log.warn(
        "Job {} attempt {} ({}) is {}: starting it again from {}",
        gone.key().jobName(),
        gone.attempt(),
        gone.jobId(),
        fate,
        restoreFrom.orElse("the earliest event"));
    intents.retry(gone, restoreFrom.orElse(null)).ifPresent(this::submit);
  }

  private void submit(StreamingJob job) {
    try {
      String jar = cluster.upload(settings.jobJar());
      cluster.run(
          jar,
          new JobSubmission(
              job.jobId(),
              List.of(PlanCodec.encodeToString(job.plan())),
              settings.parallelism(),
              job.savepoint()));
    } catch (FlinkException failure) {
      if (isUnreachable(failure) || cluster.job(job.jobId()).isEmpty()) {
        throw failure;
      }
    }
    log.info(
        "Job {} attempt {} is submitted as {}", job.key().jobName(), job.attempt(), job.jobId());
  }

  private static boolean isUnreachable(FlinkException failure) {
    return failure.category() == ErrorCategory.UNAVAILABLE;
  }

  private void cancel(StreamingJob job) {
    Optional<FlinkJob> seen = cluster.job(job.jobId());
    if (seen.isEmpty() || seen.get().state().isTerminal()) {
      jobs.observe(job, StreamingJob.State.CANCELLED, null, clock.instant());
      log.info("Job {} is cancelled: no view needs it", job.key().jobName());
    } else {
      cluster.cancel(job.jobId());
    }
  }
}
