package io.freshet.platform.schedule;

import io.freshet.platform.schedule.ChildProcesses.End;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Clears up after runs whose supervisor has gone: none is written off while its process may live. A
 * process of this host is ended; one that cannot be seen ends itself when its lease is over.
 */
final class LeftRuns {
  /** Of the lease, for a driver to notice that it is over and to end in order. */
  private static final int MARGIN_DIVISOR = 3;

  private static final Duration ANOTHER_LOOK = Duration.ofSeconds(5);

  private final RunSteps steps;
  private final RunSettlement settlement;
  private final ChildProcesses children;
  private final Duration lease;
  private final Clock clock;

  LeftRuns(
      RunSteps steps,
      RunSettlement settlement,
      ChildProcesses children,
      Duration lease,
      Clock clock) {
    this.steps = steps;
    this.settlement = settlement;
    this.children = children;
    this.lease = lease;
    this.clock = clock;
  }

  /**
   * Ends what is left of a running run, whose supervisor is known to have gone.
   *
   * @return empty once that is done, else when to look again
   */
  Optional<Instant> clearUp(BatchRun run) {
    // Without a process that is stored none was told to begin, and none will be.
    End end = run.process() == null ? End.GONE : children.end(run.process());
    if (end == End.ALIVE) {
      return Optional.of(clock.instant().plus(ANOTHER_LOOK));
    }
    if (end == End.ELSEWHERE) {
      Duration left = lease.plus(lease.dividedBy(MARGIN_DIVISOR)).minus(steps.sinceRenewed(run));
      if (!left.isNegative()) {
        return Optional.of(clock.instant().plus(left));
      }
    }
    settlement.unseen(run, "The control plane went down while it ran");
    return Optional.empty();
  }
}
