package io.freshet.platform.schedule;

import io.freshet.plan.RunProgress;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows the runs that this process supervises: how far they are, and whether they get on. */
@Component
class RunGauges {
  private final Clock clock;
  private final Duration stalledAfter;
  private final MultiGauge idle;
  private final MultiGauge stalled;
  private final MultiGauge tasks;
  private final MultiGauge rows;
  private final Map<String, Seen> seen = new LinkedHashMap<>();

  RunGauges(MeterRegistry registry, BatchSettings settings, Clock clock) {
    this.clock = clock;
    this.stalledAfter = settings.stalledAfter();
    this.idle =
        MultiGauge.builder("freshet.batch.run.idle")
            .baseUnit("seconds")
            .description("Since a running batch run has made progress")
            .register(registry);
    this.stalled =
        MultiGauge.builder("freshet.batch.run.stalled")
            .description("1 if a running batch run makes no progress for too long, else 0")
            .register(registry);
    this.tasks =
        MultiGauge.builder("freshet.batch.run.tasks")
            .description("Tasks of the stage that a running batch run is at")
            .register(registry);
    this.rows =
        MultiGauge.builder("freshet.batch.run.rows")
            .description("Rows that a running batch run has come past")
            .register(registry);
  }

  private record Seen(BatchRun run, @Nullable RunProgress progress) {
    Tags tags() {
      return Tags.of(
          "project", run.source().project(), "source", run.source().source(), "tier", run.tier());
    }
  }

  synchronized void show(BatchRun run, @Nullable RunProgress progress) {
    seen.put(run.id(), new Seen(run, progress));
    register();
  }

  synchronized void forget(BatchRun run) {
    seen.remove(run.id());
    register();
  }

  private void register() {
    List<Row<?>> idles = new ArrayList<>();
    List<Row<?>> stalls = new ArrayList<>();
    List<Row<?>> taskCounts = new ArrayList<>();
    List<Row<?>> rowCounts = new ArrayList<>();
    for (Seen one : seen.values()) {
      idles.add(Row.of(one.tags(), () -> idle(one).toMillis() / 1e3));
      stalls.add(Row.of(one.tags(), () -> idle(one).compareTo(stalledAfter) < 0 ? 0 : 1));
      RunProgress progress = one.progress();
      if (progress != null) {
        taskCounts.add(Row.of(one.tags().and("state", "done"), progress.tasksDone()));
        taskCounts.add(Row.of(one.tags().and("state", "known"), progress.tasksKnown()));
        rowCounts.add(Row.of(one.tags().and("kind", "read"), progress.rowsRead()));
        rowCounts.add(Row.of(one.tags().and("kind", "written"), progress.rowsWritten()));
        rowCounts.add(Row.of(one.tags().and("kind", "served"), progress.rowsServed()));
      }
    }
    idle.register(idles, true);
    stalled.register(stalls, true);
    tasks.register(taskCounts, true);
    rows.register(rowCounts, true);
  }

  private Duration idle(Seen one) {
    return one.run().sinceProgress(one.progress(), clock.instant());
  }
}
