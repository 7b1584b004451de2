package io.freshet.platform.schedule;

import io.freshet.platform.schedule.BatchRun.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what became of attempts whose processes are gone. Of several that want to, one does,
 * and that one counts it.
 */
final class RunSettlement {
  private static final Logger log = LoggerFactory.getLogger(RunSettlement.class);
  private static final int MOST_DOUBLINGS = 10;

  private final RunSteps steps;
  private final BatchMetrics metrics;
  private final BatchSettings settings;
  private final Clock clock;

  RunSettlement(RunSteps steps, BatchMetrics metrics, BatchSettings settings, Clock clock) {
    this.steps = steps;
    this.metrics = metrics;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The end of an attempt that nobody has seen.
   *
   * @param problem why it failed, if it has left no result
   * @return whether this call wrote it down
   */
  boolean unseen(BatchRun run, String problem) {
    RunPlan plan = run.plan();
    Optional<RunResult> result = plan == null ? Optional.empty() : RunFiles.result(plan);
    return result.map(done -> succeeded(run, done)).orElseGet(() -> failed(run, problem));
  }

  boolean succeeded(BatchRun run, RunResult result) {
    if (!steps.succeed(run, result, now())) {
      return false;
    }
    metrics.succeeded(run, result, elapsed(run));
    log.info(
        "Batch run {} of {} ({}) succeeded: {}",
        run.id(),
        run.source(),
        run.tier(),
        result.summary());
    return true;
  }

  /** The attempt failed; another follows, unless it was the last or nobody wants one. */
  boolean failed(BatchRun run, String problem) {
    if (run.attempt() < settings.maxAttempts()) {
      if (steps.tryAgain(run, now().plus(pauseAfter(run.attempt())), problem)) {
        metrics.retried(run);
        warn(run, problem);
        return true;
      }
      return steps.isCancelWanted(run) && cancelled(run);
    }
    return refused(run, problem);
  }

  /** The run failed, and would fail again. */
  boolean refused(BatchRun run, String problem) {
    if (steps.isCancelWanted(run)) {
      return cancelled(run);
    }
    if (!steps.end(run, State.FAILED, problem, now())) {
      return false;
    }
    metrics.failed(run, elapsed(run));
    warn(run, problem);
    return true;
  }

  boolean cancelled(BatchRun run) {
    if (!steps.end(run, State.CANCELLED, "It was cancelled", now())) {
      return false;
    }
    metrics.cancelled(run, elapsed(run));
    log.info("Batch run {} of {} ({}) was cancelled", run.id(), run.source(), run.tier());
    return true;
  }

  /** No fault of the attempt: another follows at once. */
  boolean interrupted(BatchRun run) {
    return steps.tryAgain(run, now(), "The control plane stopped while it ran")
        || (steps.isCancelWanted(run) && cancelled(run));
  }

  private void warn(BatchRun run, String problem) {
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
