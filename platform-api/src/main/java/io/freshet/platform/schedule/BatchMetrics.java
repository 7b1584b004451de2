package io.freshet.platform.schedule;

import io.freshet.plan.BatchRunResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Counts batch runs, their time and their rows. */
@Component
class BatchMetrics {
  private final MeterRegistry registry;

  BatchMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void succeeded(BatchRun run, RunResult result, Duration elapsed) {
    count(run, "succeeded");
    registry.timer("freshet.batch.run", "tier", run.tier()).record(elapsed);
    if (result instanceof RunResult.Materialized materialized) {
      registry
          .counter("freshet.batch.rows.applied", "project", project(run), "source", source(run))
          .increment((double) applied(materialized.details()));
    }
  }

  private static long applied(BatchRunResult result) {
    return result.views().stream().mapToLong(BatchRunResult.ViewResult::applied).sum();
  }

  void failed(BatchRun run, Duration elapsed) {
    count(run, "failed");
    registry.timer("freshet.batch.run", "tier", run.tier()).record(elapsed);
  }

  void cancelled(BatchRun run, Duration elapsed) {
    count(run, "cancelled");
    registry.timer("freshet.batch.run", "tier", run.tier()).record(elapsed);
  }

  /** An attempt failed, and another will follow. */
  void retried(BatchRun run) {
    count(run, "retried");
  }

  private void count(BatchRun run, String outcome) {
    registry
        .counter(
            "freshet.batch.runs",
            "project",
            project(run),
            "source",
            source(run),
            "tier",
            run.tier(),
            "outcome",
            outcome)
        .increment();
  }

  private static String project(BatchRun run) {
    return run.source().project();
  }

  private static String source(BatchRun run) {
    return run.source().source();
  }
}
