package io.freshet.platform.reconcile;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.StateBackend;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.Lanes;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.SourceLock;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides what to ask of the cluster and stores it, before anything is asked. Each decision holds
 * the lock of its source's row, which the registration of a streaming view takes too: so a view
 * either is among the views that a job begins with, or knows that the job has begun.
 */
@Component
class StreamingIntents {
  private final SourceLock sources;
  private final LiveViews liveViews;
  private final Lanes lanes;
  private final StreamingJobTable jobs;
  private final JobPlans plans;
  private final Clock clock;

  StreamingIntents(
      SourceLock sources,
      LiveViews liveViews,
      Lanes lanes,
      StreamingJobTable jobs,
      JobPlans plans,
      Clock clock) {
    this.sources = sources;
    this.liveViews = liveViews;
    this.lanes = lanes;
    this.jobs = jobs;
    this.plans = plans;
    this.clock = clock;
  }

  /** Asks for the first job of a generation, if views still want one and none is there. */
  @Transactional
  public Optional<StreamingJob> begin(JobKey key) {
    lock(key);
    Optional<StreamingJob> before = jobs.find(key);
    Optional<JobStart> start = startOf(key, null);
    boolean taken = before.isPresent() && before.get().state() != StreamingJob.State.CANCELLED;
    if (taken || start.isEmpty()) {
      return Optional.empty();
    }
    Instant now = now();
    long generation =
        Math.max(now.toEpochMilli(), before.map(job -> job.generation() + 1).orElse(0L));
    StreamingJob job =
        StreamingJob.requested(key, generation, 1, start.get(), null, Past.NONE, now);
    jobs.replace(job);
    return Optional.of(job);
  }

  /**
   * Asks for another attempt in the place of one that is gone.
   *
   * @param from where it goes on, or null for a start from the earliest event
   */
  @Transactional
  public Optional<StreamingJob> retry(StreamingJob gone, @Nullable RestorePoint from, Past past) {
    lock(gone.key());
    boolean keepsBackend = from != null && from.kind() == RestorePoint.Kind.CHECKPOINT;
    StateBackend kept = keepsBackend ? gone.plan().checkpoints().stateBackend() : null;
    return replace(gone, startOf(gone.key(), kept), from == null ? null : from.uri(), past);
  }

  /**
   * Asks for an attempt without any state, in the place of one whose state is lost. It begins with
   * no view: all of them come by the definitions topic, as lanes that wait for their history.
   */
  @Transactional
  public Optional<StreamingJob> beginAgain(StreamingJob gone, Past past) {
    lock(gone.key());
    return replace(gone, startOf(gone.key(), null).map(JobStart::withoutSeeds), null, past);
  }

  private Optional<StreamingJob> replace(
      StreamingJob gone, Optional<JobStart> start, @Nullable String restoreFrom, Past past) {
    if (start.isEmpty() || !isNewest(gone)) {
      return Optional.empty();
    }
    StreamingJob job = gone.nextAttempt(start.get(), restoreFrom, past, now());
    jobs.replace(job);
    return Optional.of(job);
  }

  /** Decides that a job is to end, unless views want it again. */
  @Transactional
  public void end(StreamingJob job) {
    lock(job.key());
    if (startOf(job.key(), null).isEmpty()) {
      jobs.observe(job, StreamingJob.State.CANCELLING, null, now());
    }
  }

  private void lock(JobKey key) {
    sources.take(key.project(), key.source());
  }

  private boolean isNewest(StreamingJob job) {
    return jobs.find(job.key())
        .filter(StreamingJob::isWanted)
        .map(newest -> newest.jobId().equals(job.jobId()))
        .orElse(false);
  }

  private Optional<JobStart> startOf(JobKey key, @Nullable StateBackend kept) {
    return liveViews.bySource().stream()
        .filter(source -> isSource(source.source(), key))
        .findFirst()
        .filter(source -> !lanesOf(key, lanes).isEmpty())
        .map(source -> plans.start(key, source.source(), lanesOf(key, lanes), kept));
  }

  private static boolean isSource(SourcePlan source, JobKey key) {
    return source.project().equals(key.project()) && source.name().equals(key.source());
  }

  /** The lanes that the job of a key computes. */
  static List<ViewPlan> lanesOf(JobKey key, Lanes lanes) {
    return lanes.of(key.project(), key.source()).stream()
        .filter(lane -> lane.view().delivery() == key.delivery())
        .toList();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
