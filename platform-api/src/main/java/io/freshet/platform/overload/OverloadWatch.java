package io.freshet.platform.overload;

import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.JobKey;
import io.freshet.platform.reconcile.RepeatedPass;
import io.freshet.platform.reconcile.StreamingJob;
import io.freshet.platform.reconcile.StreamingJobs;
import io.freshet.platform.registry.LiveViews;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Looks at every streaming job again and again, judges it, and sheds or recovers its views. */
@Component
class OverloadWatch extends RepeatedPass {
  private final StreamingJobs jobs;
  private final LiveViews liveViews;
  private final JobLooks looks;
  private final LoadShedding shedding;
  private final OverloadReports reports;
  private final OverloadMetrics metrics;
  private final OverloadSettings settings;
  private final OverloadJudge judge;
  private final Clock clock;
  private final Map<JobKey, LoadHistory> histories = new HashMap<>();
  private final Map<JobKey, Standing> standings = new HashMap<>();

  OverloadWatch(
      StreamingJobs jobs,
      LiveViews liveViews,
      JobLooks looks,
      LoadShedding shedding,
      OverloadReports reports,
      OverloadMetrics metrics,
      OverloadSettings settings,
      Clock clock) {
    super("overload-watch", settings.interval());
    this.jobs = jobs;
    this.liveViews = liveViews;
    this.looks = looks;
    this.shedding = shedding;
    this.reports = reports;
    this.metrics = metrics;
    this.settings = settings;
    this.judge = new OverloadJudge(settings);
    this.clock = clock;
  }

  @Override
  protected void pass() {
    List<ViewPlan> streaming =
        liveViews.bySource().stream()
            .flatMap(source -> source.views().stream())
            .filter(view -> view.tier() == Tier.STREAMING)
            .toList();
    Set<Integer> shed = shedding.shed();
    Map<JobKey, OverloadReport> judged = new HashMap<>();
    for (StreamingJob job : jobs.all()) {
      if (job.state() == StreamingJob.State.RUNNING) {
        List<ViewPlan> views = streaming.stream().filter(view -> isOf(view, job.key())).toList();
        report(job, views, shed).ifPresent(report -> judged.put(job.key(), report));
      }
    }
    histories.keySet().retainAll(judged.keySet());
    reports.replace(judged);
    metrics.showJobs(judged);
    metrics.showViews(
        streaming.stream()
            .filter(view -> view.view().shedding() != null || shed.contains(view.number()))
            .toList(),
        shed);
  }

  private Optional<OverloadReport> report(
      StreamingJob job, List<ViewPlan> views, Set<Integer> shed) {
    return looks
        .at(job)
        .map(
            look -> {
              countShed(job, look, views);
              return judge(job, look, views, shed);
            });
  }

  private OverloadReport judge(
      StreamingJob job, JobLook look, List<ViewPlan> views, Set<Integer> shed) {
    Instant now = clock.instant();
    LoadHistory history = historyOf(job, now);
    history.add(now, look.pendingEvents(), look.failedCheckpoints());
    StreamLoad load = loadOf(job, look, history, promise(views, shed));
    Standing standing = standings.getOrDefault(job.key(), Standing.healthy(now));
    Judgement judged = judge.judge(load, standing.state());
    if (history.isOlderThan(settings.warmUp(), now)) {
      standing = standing.after(judged.state(), now, settings);
      standings.put(job.key(), standing);
      shedding.act(job.key(), standing.state(), judged.reasons(), views);
    }
    return OverloadReport.of(
        standing,
        judged,
        load,
        views.stream()
            .filter(view -> shed.contains(view.number()))
            .map(view -> view.view().name())
            .toList());
  }

  private LoadHistory historyOf(StreamingJob job, Instant now) {
    LoadHistory history = histories.get(job.key());
    if (history == null || !history.isOf(job.jobId())) {
      history = new LoadHistory(job.jobId(), settings.trendWindow(), now);
      histories.put(job.key(), history);
    }
    return history;
  }

  private static StreamLoad loadOf(
      StreamingJob job, JobLook look, LoadHistory history, long promiseMillis) {
    return new StreamLoad(
        look.busyRatio(),
        look.backPressureRatio(),
        look.pendingEvents(),
        history.pendingTrend(),
        look.eventsPerSecond(),
        new StreamLoad.Checkpoints(
            look.lastCheckpointMillis(),
            job.plan().checkpoints().intervalMillis(),
            job.plan().checkpoints().timeoutMillis(),
            history.failedCheckpoints()),
        promiseMillis);
  }

  /** The tightest of the views that are not shed: those keep no promise. */
  private long promise(List<ViewPlan> views, Set<Integer> shed) {
    return views.stream()
        .filter(view -> !shed.contains(view.number()))
        .mapToLong(view -> view.view().maxStalenessMillis())
        .map(promised -> promised > 0 ? promised : settings.defaultPromise().toMillis())
        .min()
        .orElse(settings.defaultPromise().toMillis());
  }

  private void countShed(StreamingJob job, JobLook look, List<ViewPlan> views) {
    for (ViewPlan view : views) {
      Long total = look.shedEvents().get(view.view().name());
      if (total != null) {
        metrics.countShed(job.jobId(), view, total);
      }
    }
  }

  private static boolean isOf(ViewPlan view, JobKey key) {
    return view.view().project().equals(key.project())
        && view.view().source().equals(key.source())
        && view.view().delivery() == key.delivery();
  }
}
