package io.freshet.platform.schedule;

import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import io.freshet.platform.schedule.RunAttempts.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the runs of one source, one after the other: they share its archive. The caller sees to it
 * that nobody else does the same source at the time.
 */
final class SourceRuns {
  private static final Logger log = LoggerFactory.getLogger(SourceRuns.class);
  private static final int MOST_DOUBLINGS = 10;

  private final BatchRunTable table;
  private final RunPlans plans;
  private final RunAttempts attempts;
  private final ChildProcesses children;
  private final RunFiles files;
  private final BatchMetrics metrics;
  private final BatchSettings settings;
  private final Clock clock;

  SourceRuns(
      BatchRunTable table,
      RunPlans plans,
      RunAttempts attempts,
      ChildProcesses children,
      BatchMetrics metrics,
      BatchSettings settings,
      Clock clock) {
    this.table = table;
    this.plans = plans;
    this.attempts = attempts;
    this.children = children;
    this.files = new RunFiles(settings.workDir(), settings.keptRuns());
    this.metrics = metrics;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Does all runs of the source that are due.
   *
   * @return when the next one is, if one waits to be tried again
   */
  Optional<Instant> doDue(SourceName source) {
    table.inState(source, State.RUNNING).forEach(this::clearUp);
    Optional<BatchRun> due = nextDue(source);
    while (due.isPresent() && !attempts.isStopping()) {
      run(due.get());
      due = nextDue(source);
    }
    return table.inState(source, State.PENDING).stream()
        .map(BatchRun::notBefore)
        .min(Instant::compareTo);
  }

  private Optional<BatchRun> nextDue(SourceName source) {
    List<BatchRun> pending = table.inState(source, State.PENDING);
    pending.stream().filter(run -> isSuperseded(run, pending)).forEach(this::supersede);
    return pending.stream()
        .filter(run -> !isSuperseded(run, pending))
        .filter(run -> !run.notBefore().isAfter(clock.instant()))
        .findFirst();
  }

  /** Of ticks that were missed, the newest says it all. */
  private static boolean isSuperseded(BatchRun run, List<BatchRun> pending) {
    return run.cause() == Cause.TICK
        && pending.stream()
            .filter(other -> other.cause() == Cause.TICK && other.tier().equals(run.tier()))
            .anyMatch(other -> asOf(other) > asOf(run));
  }

  private static long asOf(BatchRun run) {
    return run.asOfMillis() == null ? Long.MIN_VALUE : run.asOfMillis();
  }

  private void supersede(BatchRun run) {
    table.end(run, State.SKIPPED, "A newer tick took its place", now());
  }

  /** A run that was going on when the control plane went down: its process may still be there. */
  private void clearUp(BatchRun run) {
    if (run.process() != null) {
      children.endLeftover(run.process());
    }
    RunPlan plan = run.plan();
    Optional<RunResult> result = plan == null ? Optional.empty() : RunFiles.result(plan);
    if (result.isPresent()) {
      succeed(run, result.get());
    } else {
      fail(run, "The control plane went down while it ran");
    }
  }

  private void run(BatchRun run) {
    Optional<RunPlan> plan = Optional.empty();
    try {
      Path folder = files.prepare(run.id(), run.attempt() + 1);
      plan = plans.plan(run, RunFiles.resultFile(folder));
      if (plan.isEmpty()) {
        table.end(run, State.SKIPPED, "Nothing needs it any more", now());
        return;
      }
      table.begin(run, plan.get(), now());
      run(reread(run), plan.get(), folder);
    } catch (IOException | RuntimeException failure) {
      fail(reread(run), String.valueOf(failure.getMessage()));
    }
  }

  private void run(BatchRun run, RunPlan plan, Path folder) {
    log.info(
        "Batch run {} of {} ({}), attempt {}, starts with {}",
        run.id(),
        run.source(),
        run.tier(),
        run.attempt(),
        plan.subject());
    Outcome outcome = attempts.run(plan, folder, process -> table.noteProcess(run, process));
    if (outcome instanceof Outcome.Succeeded succeeded) {
      succeed(run, succeeded.result());
    } else if (outcome instanceof Outcome.Failed failed) {
      fail(run, failed.problem());
    } else {
      table.tryAgain(run, now(), "The control plane stopped while it ran");
    }
  }

  private BatchRun reread(BatchRun run) {
    return table.find(run.id()).orElseThrow();
  }

  private void succeed(BatchRun run, RunResult result) {
    table.succeed(run, result, now());
    metrics.succeeded(run, result, elapsed(run));
    log.info(
        "Batch run {} of {} ({}) succeeded: {}",
        run.id(),
        run.source(),
        run.tier(),
        result.summary());
  }

  private void fail(BatchRun run, String problem) {
    if (run.attempt() >= settings.maxAttempts()) {
      table.end(run, State.FAILED, problem, now());
      metrics.failed(run, elapsed(run));
    } else {
      table.tryAgain(run, now().plus(pauseAfter(run.attempt())), problem);
      metrics.retried(run);
    }
    log.warn(
        "Batch run {} of {} ({}), attempt {} of {}: {}",
        run.id(),
        run.source(),
        run.tier(),
        run.attempt(),
        settings.maxAttempts(),
        problem);
  }

  private Duration pauseAfter(int attempt) {
    return settings
        .retryPause()
        .multipliedBy(1L << Math.min(Math.max(attempt - 1, 0), MOST_DOUBLINGS));
  }

  private Duration elapsed(BatchRun run) {
    return run.startedAt() == null ? Duration.ZERO : Duration.between(run.startedAt(), now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
