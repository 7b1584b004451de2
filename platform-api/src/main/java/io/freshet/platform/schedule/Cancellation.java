package io.freshet.platform.schedule;

import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.ChildProcesses.End;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Cancels runs that wait or run. */
final class Cancellation {
  /** A run may change while it is looked at, each time once. */
  private static final int TRIES = 5;

  private final BatchRunTable table;
  private final RunSteps steps;
  private final RunPlans plans;
  private final RunSettlement settlement;
  private final ChildProcesses children;
  private final Clock clock;

  Cancellation(
      BatchRunTable table,
      RunSteps steps,
      RunPlans plans,
      RunSettlement settlement,
      ChildProcesses children,
      Clock clock) {
    this.table = table;
    this.steps = steps;
    this.plans = plans;
    this.settlement = settlement;
    this.children = children;
    this.clock = clock;
  }

  /**
   * Cancels a run. One whose process can be seen from here has ended when this returns; one of
   * another host is ended by the replica there at its next heartbeat.
   *
   * @return the run as it is then
   * @throws RequestRefusedException if there is none, or it has ended otherwise
   */
  BatchRun cancel(String id) {
    for (int i = 0; i < TRIES; i++) {
      BatchRun run = find(id);
      if (cancel(run)) {
        return find(id);
      }
    }
    throw new RequestRefusedException(
        Refusal.NOT_NOW, "Cannot cancel operation " + id + ": it changes just now, try again");
  }

  private BatchRun find(String id) {
    return table
        .find(id)
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    Refusal.NOT_FOUND, "Cannot cancel operation " + id + ": there is none"));
  }

  private boolean cancel(BatchRun run) {
    return switch (run.state()) {
      case CANCELLED -> true;
      case PENDING -> drop(run);
      case RUNNING -> end(run);
      case SUCCEEDED, FAILED, SKIPPED ->
          throw new RequestRefusedException(
              Refusal.NOT_NOW,
              "Cannot cancel operation %s: it has ended, %s"
                  .formatted(run.id(), run.state().name().toLowerCase(Locale.ROOT)));
    };
  }

  /** Views that no run had yet would be asked for again at once: they wait for a tick instead. */
  private boolean drop(BatchRun run) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Optional<RunPlan> unstarted =
        run.cause() == Cause.NEW_VIEWS && run.plan() == null
            ? plans.plan(run, Path.of("unused"))
            : Optional.empty();
    return steps.drop(run, unstarted, now);
  }

  private boolean end(BatchRun run) {
    if (!steps.wantCancel(run, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
      return false;
    }
    if (run.process() != null && children.end(run.process()) == End.GONE) {
      settlement.unseen(run, "It was cancelled");
    }
    return true;
  }
}
