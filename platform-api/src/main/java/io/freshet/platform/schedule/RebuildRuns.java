package io.freshet.platform.schedule;

import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The batch runs that write the rows of views again, whatever was written before. A run writes a
 * row for every key that has an event in a window, so that it fills a store that is empty.
 */
@Component
public class RebuildRuns {
  private final BatchRunTable table;
  private final Clock clock;

  RebuildRuns(BatchRunTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * A run that was asked for.
   *
   * @param views whose rows it writes
   */
  public record Requested(String run, List<ViewPlan> views) {
    public Requested {
      views = List.copyOf(views);
    }
  }

  /** Asks for one run of all views of a source that the batch engine has; empty if it has none. */
  public Optional<Requested> request(SourceViews source) {
    List<ViewPlan> views = RunPlans.batchViews(source);
    return views.isEmpty()
        ? Optional.empty()
        : Optional.of(new Requested(requestOnce(source, BatchRun.ALL_TIERS), views));
  }

  /** Asks for one run of the views of a source that are of a tier; empty if there are none. */
  public Optional<Requested> request(SourceViews source, Tier tier) {
    List<ViewPlan> views =
        RunPlans.batchViews(source).stream().filter(view -> view.tier() == tier).toList();
    return views.isEmpty()
        ? Optional.empty()
        : Optional.of(new Requested(requestOnce(source, tier.wireName()), views));
  }

  /** Of those that wait for their first start one is enough. */
  private String requestOnce(SourceViews source, String tier) {
    SourceName name = RunPlans.nameOf(source);
    return table.inState(name, State.PENDING).stream()
        .filter(run -> run.cause() == Cause.REBUILD && run.tier().equals(tier))
        .filter(run -> run.attempt() == 0)
        .map(BatchRun::id)
        .findFirst()
        .orElseGet(() -> insert(name, tier));
  }

  private String insert(SourceName source, String tier) {
    return table.request(
        source, tier, Cause.REBUILD, null, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }
}
