package io.freshet.platform.schedule;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import io.freshet.platform.schedule.RunAttempts.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/**
 * Does the runs of one source, one after the other: they share its archive. The caller sees to it
 * that nobody else does the same source at the time, as far as it can know; what it cannot is seen
 * to by {@link RunSteps}, by which a run that somebody else has taken is left to them.
 */
final class SourceRuns {
  private static final Logger log = LoggerFactory.getLogger(SourceRuns.class);

  private final BatchRunTable table;
  private final RunSteps steps;
  private final RunPlans plans;
  private final RunAttempts attempts;
  private final RunSettlement settlement;
  private final LeftRuns left;
  private final RunGauges gauges;
  private final RunFiles files;
  private final Clock clock;

  SourceRuns(
      BatchRunTable table,
      RunSteps steps,
      RunPlans plans,
      RunAttempts attempts,
      RunSettlement settlement,
      LeftRuns left,
      RunGauges gauges,
      BatchSettings settings,
      Clock clock) {
    this.table = table;
    this.steps = steps;
    this.plans = plans;
    this.attempts = attempts;
    this.settlement = settlement;
    this.left = left;
    this.gauges = gauges;
    this.files = new RunFiles(settings.workDir(), settings.keptRuns());
    this.clock = clock;
  }

  /**
   * Does all runs of the source that are due.
   *
   * @return when the next one is, if one waits to be tried again
   */
  Optional<Instant> doDue(SourceName source) {
    List<Instant> held =
        table.inState(source, State.RUNNING).stream()
            .map(left::clearUp)
            .flatMap(Optional::stream)
            .toList();
    if (!held.isEmpty()) {
      return held.stream().max(Instant::compareTo);
    }
    boolean ours = true;
    Optional<BatchRun> due = nextDue(source);
    while (ours && due.isPresent() && !attempts.isStopping()) {
      ours = run(due.get());
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
    steps.end(run, State.SKIPPED, "A newer tick took its place", now());
  }

  /**
   * Does a run.
   *
   * @return whether this caller still does the source's runs
   */
  private boolean run(BatchRun run) {
    try {
      int attempt = run.attempt() + 1;
      Path folder = files.prepare(run.id(), attempt);
      Optional<RunPlan> plan = plans.plan(run, RunFiles.resultFile(folder));
      if (plan.isEmpty()) {
        return steps.end(run, State.SKIPPED, "Nothing needs it any more", now());
      }
      return steps.begin(run, plan.get(), now())
          && table
              .find(run.id())
              .filter(begun -> begun.state() == State.RUNNING && begun.attempt() == attempt)
              .filter(begun -> run(begun, plan.get(), folder))
              .isPresent();
    } catch (DuplicateKeyException another) {
      log.warn("Batch run {} waits: another run of {} is running", run.id(), run.source());
      return false;
    } catch (IOException | RuntimeException failure) {
      // Of the run as it was read: what has begun since is not this failure's.
      String problem = String.valueOf(failure.getMessage());
      return isUsers(failure) ? settlement.refused(run, problem) : settlement.failed(run, problem);
    }
  }

  private boolean run(BatchRun run, RunPlan plan, Path folder) {
    log.info(
        "Batch run {} of {} ({}), attempt {}, starts with {}",
        run.id(),
        run.source(),
        run.tier(),
        run.attempt(),
        plan.subject());
    try {
      return settle(run, attempts.run(plan, folder, new StoredAttempt(run, steps, gauges)));
    } finally {
      gauges.forget(run);
    }
  }

  private boolean settle(BatchRun run, Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded succeeded) {
      return settlement.succeeded(run, succeeded.result());
    }
    if (outcome instanceof Outcome.Failed failed) {
      return settlement.failed(run, failed.problem());
    }
    if (outcome instanceof Outcome.Refused refused) {
      return settlement.refused(run, refused.problem());
    }
    if (outcome instanceof Outcome.Cancelled) {
      return settlement.cancelled(run);
    }
    return outcome instanceof Outcome.Interrupted && settlement.interrupted(run);
  }

  private static boolean isUsers(Exception failure) {
    return failure instanceof FreshetException own && own.category() == ErrorCategory.USER;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
