package io.freshet.platform.status;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.overload.OverloadReports;
import io.freshet.platform.reconcile.SourceProblems;
import io.freshet.platform.reconcile.StreamSettingTable;
import io.freshet.platform.reconcile.StreamingJob;
import io.freshet.platform.reconcile.StreamingJobs;
import io.freshet.platform.reconcile.flink.JobCheckpoints.Completed;
import io.freshet.platform.registry.HandOverProgress;
import io.freshet.platform.registry.Lane;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.RunningLanes;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.registry.ViewState;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.Operations;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what the engines do for a source, as of now. */
@Component
class SourceStatusReport {
  private static final int SHOWN_RUNS = 10;

  private final LiveViews liveViews;
  private final RunningLanes lanes;
  private final StreamingJobs jobs;
  private final OverloadReports overloads;
  private final StreamSettingTable wishes;
  private final StreamSampler streams;
  private final ViewSampler views;
  private final Operations runs;
  private final SourceProblems problems;
  private final Clock clock;

  SourceStatusReport(
      LiveViews liveViews,
      RunningLanes lanes,
      StreamingJobs jobs,
      OverloadReports overloads,
      StreamSettingTable wishes,
      StreamSampler streams,
      ViewSampler views,
      Operations runs,
      SourceProblems problems,
      Clock clock) {
    this.liveViews = liveViews;
    this.lanes = lanes;
    this.jobs = jobs;
    this.overloads = overloads;
    this.wishes = wishes;
    this.streams = streams;
    this.views = views;
    this.runs = runs;
    this.problems = problems;
    this.clock = clock;
  }

  /** Empty if there is no such source. */
  Optional<SourceStatus> of(String project, String source) {
    return liveViews.bySource().stream()
        .filter(found -> found.source().project().equals(project))
        .filter(found -> found.source().name().equals(source))
        .findFirst()
        .map(this::report);
  }

  private SourceStatus report(SourceViews source) {
    String project = source.source().project();
    String name = source.source().name();
    return new SourceStatus(
        project,
        name,
        Optional.ofNullable(source.source().table()).map(SourceStatus.Table::of).orElse(null),
        problems.of(project, name).orElse(null),
        jobs.all().stream()
            .filter(job -> job.key().project().equals(project))
            .filter(job -> job.key().source().equals(name))
            .map(streams::sample)
            .map(this::stream)
            .toList(),
        viewsOf(source),
        runs.newest(new SourceName(project, name), SHOWN_RUNS));
  }

  private List<SourceStatus.View> viewsOf(SourceViews source) {
    String project = source.source().project();
    Map<Integer, ViewSample> seen =
        views.sample(project, source.views()).stream()
            .collect(Collectors.toMap(sample -> sample.view().number(), sample -> sample));
    Map<Integer, ViewPlan> leaving =
        source.leavingStream().stream().collect(Collectors.toMap(ViewPlan::number, plan -> plan));
    List<Lane> running = lanes.running(project, source.source().name());
    return source.views().stream()
        .map(
            plan ->
                view(
                    plan,
                    seen.get(plan.number()),
                    HandOverProgress.of(plan.number(), running, leaving.get(plan.number()))))
        .toList();
  }

  private SourceStatus.View view(
      ViewPlan plan, @Nullable ViewSample sample, Optional<HandOverProgress> handOver) {
    long promised = plan.view().maxStalenessMillis();
    return new SourceStatus.View(
        plan.view().name(),
        plan.number(),
        plan.tier().wireName(),
        ViewState.of(plan),
        handOver.orElse(null),
        sample == null ? null : Instant.ofEpochMilli(sample.completeThroughMillis()),
        sample == null ? null : Math.max(0, clock.millis() - sample.completeThroughMillis()),
        promised > 0 ? promised : null);
  }

  private SourceStatus.Stream stream(StreamSample sample) {
    StreamingJob job = sample.job();
    return new SourceStatus.Stream(
        job.key().delivery().wireName(),
        job.jobId(),
        job.attempt(),
        job.state().name(),
        sample.seen() == null ? null : sample.seen().state().name(),
        sample.isUp(),
        job.condition() == null ? null : job.condition().name(),
        job.problem(),
        job.past().notice(),
        job.savepoint(),
        job.launch().parallelism(),
        wishes.parallelism(job.key()),
        job.launch().jar(),
        new SourceStatus.State(
            job.plan().checkpoints().stateBackend().name(),
            job.launch().stateBytes(),
            job.launch().backendReason()),
        overloads.of(job.key()).orElse(null),
        sample.restarts(),
        sample.lastCheckpoint().map(SourceStatusReport::checkpoint).orElse(null),
        count(sample, StreamSample.PENDING_RECORDS),
        count(sample, StreamSample.DEAD_LETTERS),
        count(sample, StreamSample.LATE_EVENTS),
        count(sample, StreamSample.DUPLICATE_EVENTS),
        count(sample, StreamSample.UNREADABLE_DEFINITIONS),
        count(sample, StreamSample.UNUSABLE_HISTORIES));
  }

  private static @Nullable Long count(StreamSample sample, String metric) {
    return sample.metric(metric).map(Math::round).orElse(null);
  }

  private static SourceStatus.Checkpoint checkpoint(Completed completed) {
    return new SourceStatus.Checkpoint(
        completed.id(),
        Instant.ofEpochMilli(completed.completedAtMillis()),
        completed.durationMillis(),
        completed.path());
  }
}
