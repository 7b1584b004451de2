package io.freshet.platform.reconcile;

import io.freshet.plan.Delivery;
import io.freshet.plan.SourceEvolution;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.events.SourceTopics;
import io.freshet.platform.registry.Lanes;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.SourceViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Brings the cluster to what the registry wants: of each source its topics, unless its events are
 * the rows of a table, the definitions of it and its streaming views, and one job a delivery
 * guarantee. It looks at states, not at changes, so that a pass that was cut off is made good by
 * the next one. Used by one thread.
 */
@Component
class StreamingReconciler {
  private static final Logger log = LoggerFactory.getLogger(StreamingReconciler.class);

  private final LiveViews liveViews;
  private final Lanes lanes;
  private final StreamingJobTable jobs;
  private final SourceTopics topics;
  private final DefinitionsPublisher definitions;
  private final JobReconciler jobReconciler;
  private final SourceProblems problems;

  StreamingReconciler(
      LiveViews liveViews,
      Lanes lanes,
      StreamingJobTable jobs,
      SourceTopics topics,
      DefinitionsPublisher definitions,
      JobReconciler jobReconciler,
      SourceProblems problems) {
    this.liveViews = liveViews;
    this.lanes = lanes;
    this.jobs = jobs;
    this.topics = topics;
    this.definitions = definitions;
    this.jobReconciler = jobReconciler;
    this.problems = problems;
  }

  /**
   * One pass over everything; a source that cannot be reconciled does not hold up the others. The
   * views of all sources are published before any job is looked at: a cluster that hangs must not
   * delay them.
   */
  void reconcile() {
    List<SourceViews> sources = liveViews.bySource();
    List<StreamingJob> stored = jobs.all();
    List<SourceViews> published =
        sources.stream()
            .filter(source -> succeeds(source.source(), () -> publish(source, stored)))
            .toList();
    for (SourceViews source : published) {
      if (succeeds(source.source(), () -> reconcileJobs(source, stored))) {
        problems.clear(source.source().project(), source.source().name());
      }
    }
    for (StreamingJob orphan : withoutSource(stored, sources)) {
      if (succeeds(orphan.plan().source(), () -> jobReconciler.reconcileUnwanted(orphan))) {
        problems.clear(orphan.key().project(), orphan.key().source());
      }
    }
  }

  private void publish(SourceViews source, List<StreamingJob> stored) {
    List<ViewPlan> running = lanes.of(source.source().project(), source.source().name());
    if (!source.views().isEmpty() && source.source().table() == null) {
      topics.ensure(source.source(), running.stream().map(ViewPlan::view).toList());
    }
    Map<JobKey, StreamingJob> jobs = jobsOf(source.source(), stored);
    List<StreamingJob> wanted = jobs.values().stream().filter(StreamingJob::isWanted).toList();
    // A job that has just become unwanted may not have been told yet that its last lane has ended.
    if (canBeTold(source.source(), wanted) && !(running.isEmpty() && jobs.isEmpty())) {
      definitions.publish(source.source(), running, seeds(wanted));
    }
  }

  private void reconcileJobs(SourceViews source, List<StreamingJob> stored) {
    Map<JobKey, StreamingJob> ofSource = jobsOf(source.source(), stored);
    for (Delivery delivery : Delivery.values()) {
      JobKey key = new JobKey(source.source().project(), source.source().name(), delivery);
      jobReconciler.reconcile(
          key, ofSource.get(key), source.source(), StreamingIntents.lanesOf(key, lanes));
    }
  }

  private boolean succeeds(SourcePlan source, Runnable work) {
    try {
      work.run();
      return true;
    } catch (RuntimeException failure) {
      String problem = String.valueOf(failure.getMessage());
      if (problems.note(source.project(), source.name(), problem)) {
        log.warn("Source {}/{} is not reconciled: {}", source.project(), source.name(), problem);
      }
      return false;
    }
  }

  /** A job of a source that was replaced may not understand new views: it is restarted before. */
  private static boolean canBeTold(SourcePlan source, List<StreamingJob> wanted) {
    return wanted.stream().allMatch(job -> SourceEvolution.canFollow(job.plan().source(), source));
  }

  private static Set<Integer> seeds(List<StreamingJob> wanted) {
    return wanted.stream()
        .flatMap(job -> job.plan().views().stream())
        .map(ViewPlan::lane)
        .collect(Collectors.toSet());
  }

  private static Map<JobKey, StreamingJob> jobsOf(SourcePlan source, List<StreamingJob> stored) {
    return stored.stream()
        .filter(job -> job.key().project().equals(source.project()))
        .filter(job -> job.key().source().equals(source.name()))
        .collect(Collectors.toMap(StreamingJob::key, job -> job));
  }

  private static List<StreamingJob> withoutSource(
      List<StreamingJob> stored, List<SourceViews> sources) {
    List<StreamingJob> orphans = new ArrayList<>(stored);
    sources.forEach(source -> orphans.removeAll(jobsOf(source.source(), stored).values()));
    return orphans;
  }
}
