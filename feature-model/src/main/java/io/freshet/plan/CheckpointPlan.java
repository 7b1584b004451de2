package io.freshet.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * How a streaming job is checkpointed.
 *
 * @param directory a URI that every process of the cluster reaches
 * @param intervalMillis between the starts of two checkpoints, 10,000 to 60,000
 * @param timeoutMillis after which a checkpoint that is not done is given up, at least the interval
 * @param minPauseMillis the least time from the end of one to the start of the next, less than the
 *     interval
 * @param retained how many completed ones are kept, at least 2: the newest may turn out unreadable
 * @param unaligned whether barriers may overtake records in flight, which keeps checkpoints quick
 *     under back pressure and makes them larger; for exactly once only
 */
public record CheckpointPlan(
    String directory,
    long intervalMillis,
    long timeoutMillis,
    long minPauseMillis,
    int retained,
    boolean unaligned,
    StateBackend stateBackend) {
  public static final long MIN_INTERVAL_MILLIS = 10_000;
  public static final long MAX_INTERVAL_MILLIS = 60_000;
  public static final long DEFAULT_TIMEOUT_MILLIS = 600_000;
  public static final int MIN_RETAINED = 2;
  public static final int DEFAULT_RETAINED = 3;

  private static final int MAX_RETAINED = 100;

  /**
   * @throws IllegalArgumentException with every fault
   */
  public CheckpointPlan {
    List<String> faults = new ArrayList<>();
    if (intervalMillis < MIN_INTERVAL_MILLIS || intervalMillis > MAX_INTERVAL_MILLIS) {
      faults.add(
          "Cannot checkpoint every " + intervalMillis + " ms: choose an interval from 10s to 60s");
    }
    if (timeoutMillis < intervalMillis) {
      faults.add(
          "Cannot give a checkpoint up after "
              + timeoutMillis
              + " ms: allow the interval of "
              + intervalMillis
              + " ms at least");
    }
    if (minPauseMillis < 0 || minPauseMillis >= intervalMillis) {
      faults.add(
          "Cannot pause for "
              + minPauseMillis
              + " ms between checkpoints: choose 0 or more, and less than the interval of "
              + intervalMillis
              + " ms");
    }
    if (retained < MIN_RETAINED || retained > MAX_RETAINED) {
      faults.add(
          "Cannot retain "
              + retained
              + " checkpoints: choose 2 to 100, so that there is one to fall back to");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  /** Aligned checkpoints of state on the heap, with the default bounds. */
  public static CheckpointPlan every(String directory, long intervalMillis) {
    return new CheckpointPlan(
        directory,
        intervalMillis,
        DEFAULT_TIMEOUT_MILLIS,
        0,
        DEFAULT_RETAINED,
        false,
        StateBackend.HASHMAP);
  }
}
