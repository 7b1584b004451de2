package io.freshet.platform.schedule;

import io.freshet.plan.Engine;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks for the runs that are due: the newest tick of each tier, and views that no run had yet. It
 * compares what there is with what there should be, so that of ticks missed in a pause the newest
 * is made good, and asking twice asks once.
 */
@Component
class RunPlanner {
  private static final Logger log = LoggerFactory.getLogger(RunPlanner.class);

  private final LiveViews liveViews;
  private final BatchRunTable table;
  private final BatchViewTable startedViews;
  private final Clock clock;

  RunPlanner(LiveViews liveViews, BatchRunTable table, BatchViewTable startedViews, Clock clock) {
    this.liveViews = liveViews;
    this.table = table;
    this.startedViews = startedViews;
    this.clock = clock;
  }

  /** Asks for what is due now, and answers which sources have something to do. */
  List<SourceName> plan() {
    StartedViews started = startedViews.started();
    liveViews.bySource().forEach(source -> plan(source, started));
    return table.sourcesWithWork(clock.instant());
  }

  private void plan(SourceViews source, StartedViews started) {
    SourceName name = RunPlans.nameOf(source);
    List<ViewPlan> views = RunPlans.batchViews(source);
    if (views.stream().anyMatch(view -> !started.contains(view))) {
      askForNewViews(name);
    }
    Stream.of(Tier.values())
        .filter(tier -> tier.engine() == Engine.BATCH)
        .forEach(tier -> askForTick(name, tier, views, started));
  }

  private void askForNewViews(SourceName source) {
    boolean asked =
        table.inState(source, State.PENDING).stream()
            .anyMatch(run -> run.cause() == Cause.NEW_VIEWS);
    if (!asked) {
      table.request(source, BatchRun.NEW_VIEWS_TIER, Cause.NEW_VIEWS, null, clock.instant());
    }
  }

  /** A tick is due if a view of the tier was last materialized as of a time before it. */
  private void askForTick(
      SourceName source, Tier tier, List<ViewPlan> views, StartedViews started) {
    Instant now = clock.instant();
    long tick = newestTick(tier, now);
    boolean due =
        views.stream()
            .filter(view -> view.tier() == tier)
            .anyMatch(view -> started.asOf(view).filter(asOf -> asOf < tick).isPresent());
    if (due
        && !table.hasTick(source, tier.wireName(), tick)
        && table.requestTick(source, tier.wireName(), tick, now)) {
      log.info("{} tick of {} as of {}", tier.wireName(), source, Instant.ofEpochMilli(tick));
    }
  }

  /** The newest full period (UTC) that is over for long enough, as an as-of time. */
  static long newestTick(Tier tier, Instant now) {
    long period = tier.period().toMillis();
    return Math.floorDiv(now.minus(RunPlans.GRACE).toEpochMilli(), period) * period;
  }
}
