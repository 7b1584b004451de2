package io.freshet.platform.schedule;

import static java.util.Objects.requireNonNull;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.BatchRunPlan.Rows;
import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.Engine;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.lookup.OnlineStoreSettings;
import io.freshet.platform.reconcile.StreamingJob;
import io.freshet.platform.reconcile.StreamingJobs;
import io.freshet.platform.registry.Lane;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.RunningLanes;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.tables.TableRoots;
import io.freshet.platform.warehouse.WarehouseSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a run is started with: its views are settled when it first starts. */
@Component
class RunPlans {
  /** Events of the last moments may still be on their way. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final LiveViews liveViews;
  private final BatchRunTable table;
  private final BatchViewTable startedViews;
  private final RunningLanes lanes;
  private final StreamingJobs streamingJobs;
  private final KafkaSettings kafka;
  private final OnlineStoreSettings onlineStore;
  private final String warehouse;
  private final TableRoots tables;
  private final Clock clock;

  RunPlans(
      LiveViews liveViews,
      BatchRunTable table,
      BatchViewTable startedViews,
      RunningLanes lanes,
      StreamingJobs streamingJobs,
      KafkaSettings kafka,
      OnlineStoreSettings onlineStore,
      WarehouseSettings warehouse,
      TableRoots tables,
      Clock clock) {
    this.liveViews = liveViews;
    this.table = table;
    this.startedViews = startedViews;
    this.lanes = lanes;
    this.streamingJobs = streamingJobs;
    this.kafka = kafka;
    this.onlineStore = onlineStore;
    this.warehouse = warehouse.root();
    this.tables = tables;
    this.clock = clock;
  }

  /**
   * The plan of the run's next attempt, or empty if there is nothing to do any more.
   *
   * @throws io.freshet.error.FreshetException if the source's table may not be read any more
   */
  Optional<RunPlan> plan(BatchRun run, Path resultFile) {
    if (run.plan() instanceof RunPlan.TrainingSet settled) {
      String file = resultFile.toAbsolutePath().toString();
      return Optional.of(new RunPlan.TrainingSet(settled.plan().with(run.id(), file)));
    }
    Optional<SourceViews> source = sourceOf(run.source());
    if (run.plan() instanceof RunPlan.Backfill settled) {
      return source
          .filter(found -> numbers(found.views()).containsAll(numbers(settled.plan().views())))
          .map(found -> tables.confined(found.source()))
          .map(read -> settled.plan().with(run.id(), read, resultFile.toAbsolutePath().toString()))
          .map(RunPlan.Backfill::new);
    }
    if (run.plan() instanceof RunPlan.Consistency asked) {
      return source
          .map(found -> consistency(run, found, asked.plan(), resultFile))
          .filter(plan -> !plan.views().isEmpty())
          .map(RunPlan.Consistency::new);
    }
    return run.cause() == Cause.HAND_OVER
        ? source
            .map(found -> handOver(run, found, resultFile))
            .filter(plan -> !plan.lanes().isEmpty())
            .map(RunPlan.HandOver::new)
        : source
            .map(found -> materialize(run, found, resultFile))
            .filter(plan -> !plan.views().isEmpty())
            .map(RunPlan.Materialize::new);
  }

  private HandOverPlan handOver(BatchRun run, SourceViews source, Path resultFile) {
    return new HandOverPlan(
        run.id(),
        source.source(),
        lanesOf(run),
        clock.millis(),
        kafka.bootstrapServers(),
        warehouse,
        deadLetters(run.source()),
        resultFile.toAbsolutePath().toString());
  }

  /** The lanes that the run was asked for and that still wait for it. */
  private List<HandOverPlan.Lane> lanesOf(BatchRun run) {
    return lanes.running(run.source().project(), run.source().source()).stream()
        .filter(lane -> lane.step() == Lane.Step.HISTORY && run.id().equals(lane.run()))
        .map(lane -> new HandOverPlan.Lane(lane.plan(), requireNonNull(lane.cut())))
        .toList();
  }

  /** The views that were asked for, as they are served now. */
  private ConsistencyPlan consistency(
      BatchRun run, SourceViews source, ConsistencyPlan asked, Path resultFile) {
    Set<Integer> checked = numbers(asked.views());
    return new ConsistencyPlan(
        run.id(),
        tables.confined(source.source()),
        source.views().stream().filter(view -> checked.contains(view.number())).toList(),
        asked.sampleOneIn(),
        clock.millis(),
        kafka.bootstrapServers(),
        onlineStore.uri(),
        warehouse,
        deadLetters(run.source()),
        resultFile.toAbsolutePath().toString());
  }

  private BatchRunPlan materialize(BatchRun run, SourceViews source, Path resultFile) {
    long asOf =
        run.asOfMillis() == null ? clock.instant().minus(GRACE).toEpochMilli() : run.asOfMillis();
    return new BatchRunPlan(
        run.id(),
        tables.confined(source.source()),
        viewsOf(run, source),
        asOf,
        table.nextSequence(run.source(), asOf),
        kafka.bootstrapServers(),
        onlineStore.uri(),
        warehouse,
        run.cause() == Cause.REBUILD ? Rows.ALL : Rows.CHANGED,
        deadLetters(run.source()),
        resultFile.toAbsolutePath().toString());
  }

  private List<ViewPlan> viewsOf(BatchRun run, SourceViews source) {
    List<ViewPlan> live = batchViews(source);
    if (run.plan() instanceof RunPlan.Materialize before) {
      Set<Integer> bound = numbers(before.plan().views());
      return live.stream().filter(view -> bound.contains(view.number())).toList();
    }
    if (run.cause() == Cause.NEW_VIEWS) {
      StartedViews started = startedViews.started();
      return live.stream().filter(view -> !started.contains(view)).toList();
    }
    return run.tier().equals(BatchRun.ALL_TIERS)
        ? live
        : live.stream().filter(view -> view.tier().wireName().equals(run.tier())).toList();
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

  /** The views of a source that the batch engine serves, or will when a run has succeeded. */
  static List<ViewPlan> batchViews(SourceViews source) {
    return Stream.concat(source.views().stream(), source.leavingStream().stream())
        .filter(view -> view.tier().engine() == Engine.BATCH)
        .toList();
  }

  private static Set<Integer> numbers(List<ViewPlan> views) {
    return views.stream().map(ViewPlan::number).collect(Collectors.toSet());
  }
}
