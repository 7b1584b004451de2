package io.freshet.platform.consistency;

import io.freshet.plan.ConsistencyResult.ViewResult;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.consistency.ConsistencyGauges.Sample;
import io.freshet.platform.reconcile.RepeatedPass;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.ConsistencyRuns;
import io.freshet.platform.schedule.ConsistencyRuns.Checked;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Asks for the checks that are due, and shows what the newest ones have found. */
@Component
class ConsistencyWatch extends RepeatedPass {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Among so many checks the newest of each view is looked for. */
  private static final int NEWEST = 500;

  private final LiveViews liveViews;
  private final ConsistencyRuns runs;
  private final ConsistencyGauges gauges;
  private final ConsistencySettings settings;
  private String shownRun = "";
  private List<Checked> checked = List.of();

  ConsistencyWatch(
      LiveViews liveViews,
      ConsistencyRuns runs,
      ConsistencyGauges gauges,
      ConsistencySettings settings) {
    super("consistency-watch", PAUSE);
    this.liveViews = liveViews;
    this.runs = runs;
    this.gauges = gauges;
    this.settings = settings;
  }

  @Override
  protected void pass() {
    List<SourceViews> sources = liveViews.bySource();
    Duration every = settings.every();
    if (every != null) {
      sources.stream()
          .filter(source -> !source.views().isEmpty())
          .forEach(source -> runs.requestDue(source, every, settings.sampleOneIn()));
    }
    show(sources);
  }

  private void show(List<SourceViews> sources) {
    String newest = runs.newestRun();
    if (!newest.equals(shownRun)) {
      checked = runs.newest(NEWEST);
      shownRun = newest;
    }
    Set<Integer> live =
        sources.stream()
            .flatMap(source -> source.views().stream())
            .map(ViewPlan::number)
            .collect(Collectors.toSet());
    Map<Integer, Sample> samples = new LinkedHashMap<>();
    for (Checked check : checked) {
      for (ViewResult view : check.result().views()) {
        if (live.contains(view.number()) && view.notChecked() == null) {
          samples.putIfAbsent(view.number(), new Sample(check.project(), check.finishedAt(), view));
        }
      }
    }
    gauges.show(List.copyOf(samples.values()));
  }
}
