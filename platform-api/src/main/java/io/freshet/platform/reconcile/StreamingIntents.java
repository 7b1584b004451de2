package io.freshet.platform.reconcile;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.lookup.OnlineStoreSettings;
import io.freshet.platform.registry.Lanes;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.SourceLock;
import io.freshet.platform.warehouse.WarehouseSettings;
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
      FlinkSettings flink,
      KafkaSettings kafka,
      OnlineStoreSettings onlineStore,
      WarehouseSettings warehouse,
      Clock clock) {
    this.sources = sources;
    this.liveViews = liveViews;
    this.lanes = lanes;
    this.jobs = jobs;
    this.plans = new JobPlans(flink, kafka, onlineStore, warehouse);
    this.clock = clock;
  }

  /** Asks for the first job of a generation, if views still want one and none is there. */
  @Transactional
  public Optional<StreamingJob> begin(JobKey key) {
    sources.take(key.project(), key.source());
    Optional<StreamingJob> before = jobs.find(key);
    Optional<StreamingJobPlan> plan = planOf(key);
    boolean taken = before.isPresent() && before.get().state() != StreamingJob.State.CANCELLED;
    if (taken || plan.isEmpty()) {
      return Optional.empty();
    }
    Instant now = now();
    long generation =
        Math.max(now.toEpochMilli(), before.map(job -> job.generation() + 1).orElse(0L));
    StreamingJob job = StreamingJob.requested(key, generation, 1, plan.get(), null, now);
    jobs.replace(job);
    return Optional.of(job);
  }

  /** Asks for another attempt in the place of one that is gone. */
  @Transactional
  public Optional<StreamingJob> retry(StreamingJob gone, @Nullable String restoreFrom) {
    sources.take(gone.key().project(), gone.key().source());
    Optional<StreamingJobPlan> plan = planOf(gone.key());
    if (plan.isEmpty() || !isNewest(gone)) {
      return Optional.empty();
    }
    StreamingJob job = gone.nextAttempt(plan.get(), restoreFrom, now());
    jobs.replace(job);
    return Optional.of(job);
  }

  /** Decides that a job is to end, unless views want it again. */
  @Transactional
  public void end(StreamingJob job) {
    sources.take(job.key().project(), job.key().source());
    if (planOf(job.key()).isEmpty()) {
      jobs.observe(job, StreamingJob.State.CANCELLING, null, now());
    }
  }

  private boolean isNewest(StreamingJob job) {
    return jobs.find(job.key())
        .filter(StreamingJob::isWanted)
        .map(newest -> newest.jobId().equals(job.jobId()))
        .orElse(false);
  }

  private Optional<StreamingJobPlan> planOf(JobKey key) {
    return liveViews.bySource().stream()
        .filter(source -> isSource(source.source(), key))
        .findFirst()
        .filter(source -> !lanesOf(key, lanes).isEmpty())
        .map(source -> plans.of(key, source.source(), lanesOf(key, lanes)));
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
