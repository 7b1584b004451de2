package io.freshet.platform.schedule;

import io.freshet.plan.RunProgress;
import io.freshet.platform.schedule.BatchRun.RunProcess;
import org.jspecify.annotations.Nullable;

/** An attempt as it is stored, which decides whether its process may go on. */
interface Attempt {
  /** What the stored run says about the attempt. */
  enum Standing {
    /** It may go on for a lease, from before it was asked. */
    GOES_ON,
    CANCEL_WANTED,
    /** The run is not the attempt's any more: another has begun, or somebody has ended it. */
    LOST,
    /** The database does not answer. */
    UNKNOWN
  }

  /**
   * Stores the process, before it is told to begin.
   *
   * @return false if the run is not the attempt's any more
   */
  boolean begun(RunProcess process);

  /**
   * Stores that the process lives.
   *
   * @param progress null if it has not told any
   */
  Standing renew(@Nullable RunProgress progress);
}
