package io.freshet.platform.reconcile;

import io.freshet.plan.SourceEvolution;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.FlinkRest;
import io.freshet.platform.reconcile.flink.JobCheckpoints;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings one job of the cluster to what is stored about it. What the cluster has lost starts again
 * from its newest checkpoint that can be used, as another attempt; from the earliest event only if
 * there never was a checkpoint. A job that runs otherwise than is wanted is stopped with a
 * savepoint and goes on from that. The views of a job that runs are never a reason to touch it, nor
 * are the changes of its source that views can bear: they come by the definitions topic. A source
 * that was replaced while no view used it is one: the job is cancelled, and goes on from its newest
 * checkpoint with the new source. A job that says it lost data waits for an operator.
 */
@Component
class JobReconciler {
  private static final Logger log = LoggerFactory.getLogger(JobReconciler.class);

  /** A job that could not restore its state so often in a row will not. */
  private static final long FAILED_RESTORES = 2;

  private final StreamingIntents intents;
  private final StreamingJobTable jobs;
  private final FlinkRest cluster;
  private final JobStarts starts;
  private final JobStops stops;
  private final Clock clock;

  JobReconciler(
      StreamingIntents intents,
      StreamingJobTable jobs,
      FlinkRest cluster,
      JobStarts starts,
      JobStops stops,
      Clock clock) {
    this.intents = intents;
    this.jobs = jobs;
    this.cluster = cluster;
    this.starts = starts;
    this.stops = stops;
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
      starts.first(key);
    } else if (stored.state() == StreamingJob.State.CANCELLING) {
      cancel(stored);
    } else {
      keepRunning(stored, source, views);
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

  private void keepRunning(StreamingJob stored, SourcePlan source, List<ViewPlan> views) {
    Optional<FlinkJob> seen = cluster.job(stored.jobId());
    if (seen.isPresent() && !seen.get().state().isTerminal()) {
      keepAlive(stored, seen.get(), source);
    } else if (stored.condition() == Condition.DATA_LOSS_SUSPECTED) {
      log.debug("Job {} waits for an operator", stored.key().jobName());
    } else if (seen.isPresent()) {
      replaceEnded(stored, seen.get(), views);
    } else if (stored.state() == StreamingJob.State.REQUESTED) {
      starts.submitAgain(stored, views);
    } else {
      starts.another(stored, views, Ending.lost());
    }
  }

  private void keepAlive(StreamingJob stored, FlinkJob seen, SourcePlan source) {
    if (stored.state() == StreamingJob.State.STOPPING) {
      stops.proceed(stored);
    } else if (!SourceEvolution.canFollow(stored.plan().source(), source)
        || isStuck(stored, seen)) {
      cluster.cancel(stored.jobId());
    } else {
      observeRunning(stored, seen);
      jobs.find(stored.key())
          .filter(job -> job.jobId().equals(stored.jobId()))
          .filter(job -> job.state() == StreamingJob.State.RUNNING)
          .ifPresent(job -> stops.beginIfChanged(job, seen));
    }
  }

  private void observeRunning(StreamingJob stored, FlinkJob seen) {
    boolean isKnownProblem = stored.problem() != null && stored.stop().mayFollowAt(clock.instant());
    if (stored.state() != StreamingJob.State.RUNNING || isKnownProblem) {
      jobs.observe(stored, StreamingJob.State.RUNNING, null, clock.instant());
    }
    if (!stored.past().checkpointed()
        && stored.state() == StreamingJob.State.RUNNING
        && cluster.checkpoints(seen.id()).completed() > 0) {
      jobs.noteCheckpointed(stored, clock.instant());
    }
  }

  /** Whether it fails again and again to read the checkpoint that it was to go on from. */
  private boolean isStuck(StreamingJob stored, FlinkJob seen) {
    return stored.savepoint() != null
        && !seen.allTasksRun()
        && cluster.restarts(seen.id()).orElse(0L) >= FAILED_RESTORES
        && cluster.checkpoints(seen.id()).completed() == 0
        && Failures.isNotRestored(cluster.failures(seen.id()));
  }

  private void replaceEnded(StreamingJob stored, FlinkJob seen, List<ViewPlan> views) {
    List<String> failures = cluster.failures(seen.id());
    Optional<String> dataLoss = Failures.dataLoss(failures);
    if (dataLoss.isPresent() && stored.condition() != Condition.DATA_LOSS_ACKNOWLEDGED) {
      log.error("Job {} attempt {}: {}", stored.key().jobName(), stored.attempt(), dataLoss.get());
      jobs.hold(stored, Condition.DATA_LOSS_SUSPECTED, dataLoss.get(), clock.instant());
    } else if (stored.state() == StreamingJob.State.STOPPING
        && seen.state() == FlinkJob.State.FINISHED) {
      stops.takeNote(stored);
      starts.another(stored, views, Ending.stopped());
    } else {
      starts.another(stored, views, endingOf(seen, failures));
    }
  }

  private Ending endingOf(FlinkJob seen, List<String> failures) {
    JobCheckpoints made = cluster.checkpoints(seen.id());
    return made.completed() == 0 && Failures.isNotRestored(failures)
        ? Ending.notRestored(seen.state())
        : Ending.of(seen.state());
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
