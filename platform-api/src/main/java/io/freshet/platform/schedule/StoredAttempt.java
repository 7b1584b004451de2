package io.freshet.platform.schedule;

import io.freshet.plan.RunProgress;
import io.freshet.platform.schedule.BatchRun.RunProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * An attempt in the database, shown in the metrics while it goes on.
 *
 * @param run as it was when the attempt began
 */
record StoredAttempt(BatchRun run, RunSteps steps, RunGauges gauges) implements Attempt {
  private static final Logger log = LoggerFactory.getLogger(StoredAttempt.class);

  @Override
  public boolean begun(RunProcess process) {
    return steps.noteProcess(run, process);
  }

  @Override
  public Standing renew(@Nullable RunProgress progress) {
    gauges.show(run, progress);
    try {
      if (!steps.renew(run, progress)) {
        return Standing.LOST;
      }
      return steps.isCancelWanted(run) ? Standing.CANCEL_WANTED : Standing.GOES_ON;
    } catch (DataAccessException unreachable) {
      log.warn(
          "Batch run {} gets no heartbeat now: the database does not answer: {}",
          run.id(),
          unreachable.getMessage());
      return Standing.UNKNOWN;
    }
  }
}
