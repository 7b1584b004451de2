package io.freshet.batch.run;

import io.freshet.batch.run.RunStage.Entered;
import io.freshet.plan.RunProgress;
import java.util.function.LongSupplier;

/** Counts a run's progress. Thread-safe. */
final class ProgressCounts {
  private final String runId;
  private final LongSupplier clock;
  private Entered stage = Entered.START;
  private int tasksDone;
  private int tasksKnown;
  private long rowsRead;
  private long rowsWritten;
  private long rowsServed;
  private long advancedMillis;

  /**
   * @param clock of milliseconds since the epoch
   */
  ProgressCounts(String runId, LongSupplier clock) {
    this.runId = runId;
    this.clock = clock;
    this.advancedMillis = clock.getAsLong();
  }

  /** Tasks of a stage were planned; of another than before, whose tasks are over then. */
  synchronized void planned(Entered entered, int tasks) {
    if (!entered.equals(stage)) {
      stage = entered;
      tasksDone = 0;
      tasksKnown = 0;
    }
    tasksKnown += tasks;
    advance();
  }

  /** A task has succeeded. Of two that did the same work both may have. */
  synchronized void done(Entered entered) {
    if (entered.equals(stage)) {
      tasksDone = Math.min(tasksDone + 1, tasksKnown);
    }
    advance();
  }

  synchronized void moved(long read, long written) {
    rowsRead += read;
    rowsWritten += written;
  }

  synchronized void served(long rows) {
    rowsServed += rows;
  }

  /** A task that runs has come past rows. */
  synchronized void cameOn() {
    advance();
  }

  private void advance() {
    advancedMillis = clock.getAsLong();
  }

  synchronized RunProgress now() {
    return new RunProgress(
        runId,
        stage.stage(),
        stage.view(),
        tasksDone,
        tasksKnown,
        rowsRead,
        rowsWritten,
        rowsServed,
        advancedMillis,
        stage.chunks());
  }
}
