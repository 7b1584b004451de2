package io.freshet.platform.overload;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.JobKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How streaming jobs keep up and what is shed, as meters. Used by one thread. */
@Component
class OverloadMetrics {
  private static final String SHED_EVENTS = "freshet.view.shed.events";

  private final MeterRegistry registry;
  private final MultiGauge state;
  private final MultiGauge predictedStaleness;
  private final MultiGauge busy;
  private final MultiGauge backPressure;
  private final MultiGauge shedding;

  /** What each attempt of a job was last seen to have dropped of a view. */
  private final Map<String, Long> counted = new HashMap<>();

  OverloadMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.state = gauge("freshet.stream.overload.state", "", "0 healthy, 1 at risk, 2 overloaded");
    this.predictedStaleness =
        gauge(
            "freshet.stream.predicted.staleness",
            "seconds",
            "How long an event waits to be read that comes now");
    this.busy =
        gauge("freshet.stream.busy.ratio", "", "Share of time that the busiest subtask works");
    this.backPressure =
        gauge(
            "freshet.stream.back.pressure.ratio",
            "",
            "Share of time that a subtask is held up by the next");
    this.shedding = gauge("freshet.view.shedding", "", "1 while a view is shed, else 0");
  }

  private MultiGauge gauge(String name, String unit, String description) {
    MultiGauge.Builder builder = MultiGauge.builder(name).description(description);
    return (unit.isEmpty() ? builder : builder.baseUnit(unit)).register(registry);
  }

  void showJobs(Map<JobKey, OverloadReport> reports) {
    List<Row<?>> states = new ArrayList<>();
    List<Row<?>> predicted = new ArrayList<>();
    List<Row<?>> busyRatios = new ArrayList<>();
    List<Row<?>> backPressures = new ArrayList<>();
    reports.forEach(
        (key, report) -> {
          Tags tags = tags(key);
          states.add(Row.of(tags, report.state().level()));
          Double wait = report.predictedStalenessSeconds();
          predicted.add(Row.of(tags, wait == null ? Double.POSITIVE_INFINITY : wait));
          busyRatios.add(Row.of(tags, report.busyRatio()));
          backPressures.add(Row.of(tags, report.backPressureRatio()));
        });
    state.register(states, true);
    predictedStaleness.register(predicted, true);
    busy.register(busyRatios, true);
    backPressure.register(backPressures, true);
  }

  /**
   * @param views that are shed or may be
   */
  void showViews(List<ViewPlan> views, Set<Integer> shed) {
    List<Row<?>> rows = new ArrayList<>();
    for (ViewPlan view : views) {
      rows.add(Row.of(tags(view), shed.contains(view.number()) ? 1 : 0));
    }
    shedding.register(rows, true);
  }

  /**
   * Counts what an attempt of a job dropped since it was last asked. Its own count begins anew when
   * its tasks are restarted.
   *
   * @param total as the job counts it
   */
  void countShed(String jobId, ViewPlan view, long total) {
    Long before = counted.put(jobId + "/" + view.view().name(), total);
    long more = before == null || total < before ? total : total - before;
    registry.counter(SHED_EVENTS, tags(view)).increment((double) more);
  }

  private static Tags tags(JobKey key) {
    return Tags.of(
        "project", key.project(), "source", key.source(), "delivery", key.delivery().wireName());
  }

  private static Tags tags(ViewPlan view) {
    return Tags.of("project", view.view().project(), "view", view.view().name());
  }
}
