package io.freshet.platform.schedule;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.Engine;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.lookup.OnlineStoreSettings;
import io.freshet.platform.reconcile.StreamingJob;
import io.freshet.platform.reconcile.StreamingJobs;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.warehouse.WarehouseSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a run is started with: its views are settled when it first starts. */
@Component
class RunPlans {
  /** Events of the last moments may still be on their way. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final LiveViews liveViews;
  private final BatchRunTable table;
  private final StreamingJobs streamingJobs;
  private final KafkaSettings kafka;
  private final OnlineStoreSettings onlineStore;
  private final String warehouse;
  private final Clock clock;

  RunPlans(
      LiveViews liveViews,
      BatchRunTable table,
      StreamingJobs streamingJobs,
      KafkaSettings kafka,
      OnlineStoreSettings onlineStore,
      WarehouseSettings warehouse,
      Clock clock) {
    this.liveViews = liveViews;
    this.table = table;
    this.streamingJobs = streamingJobs;
    this.kafka = kafka;
    this.onlineStore = onlineStore;
    this.warehouse = warehouse.root();
    this.clock = clock;
  }

  /** The plan of the run's next attempt, or empty if there is nothing to do any more. */
  Optional<BatchRunPlan> plan(BatchRun run, Path resultFile) {
    return sourceOf(run.source())
        .map(source -> plan(run, source, resultFile))
        .filter(plan -> !plan.views().isEmpty());
  }

  private BatchRunPlan plan(BatchRun run, SourceViews source, Path resultFile) {
    long asOf =
        run.asOfMillis() == null ? clock.instant().minus(GRACE).toEpochMilli() : run.asOfMillis();
    return new BatchRunPlan(
        run.id(),
        source.source(),
        viewsOf(run, source),
        asOf,
        table.nextSequence(run.source(), asOf),
        kafka.bootstrapServers(),
        onlineStore.uri(),
        warehouse,
        deadLetters(run.source()),
        resultFile.toAbsolutePath().toString());
  }

  private List<ViewPlan> viewsOf(BatchRun run, SourceViews source) {
    List<ViewPlan> live = batchViews(source);
    if (run.plan() != null) {
      Set<Integer> bound = numbers(run.plan().views());
      return live.stream().filter(view -> bound.contains(view.number())).toList();
    }
    if (run.cause() == Cause.NEW_VIEWS) {
      Map<Integer, Long> started = table.startedViews();
      return live.stream().filter(view -> !started.containsKey(view.number())).toList();
    }
    return live.stream().filter(view -> view.tier().wireName().equals(run.tier())).toList();
  }

  private DeadLetters deadLetters(SourceName source) {
    boolean streamReads =
        streamingJobs.all().stream()
            .filter(StreamingJob::isWanted)
            .anyMatch(
                job ->
                    job.key().project().equals(source.project())
                        && job.key().source().equals(source.source()));
    return streamReads ? DeadLetters.SENT_BY_STREAM : DeadLetters.SENT_BY_RUN;
  }

  Optional<SourceViews> sourceOf(SourceName name) {
    return liveViews.bySource().stream().filter(source -> nameOf(source).equals(name)).findFirst();
  }

  static SourceName nameOf(SourceViews source) {
    return new SourceName(source.source().project(), source.source().name());
  }

  /** The views of a source that the batch engine serves. */
  static List<ViewPlan> batchViews(SourceViews source) {
    return source.views().stream().filter(view -> view.tier().engine() == Engine.BATCH).toList();
  }

  private static Set<Integer> numbers(List<ViewPlan> views) {
    return views.stream().map(ViewPlan::number).collect(Collectors.toSet());
  }
}
