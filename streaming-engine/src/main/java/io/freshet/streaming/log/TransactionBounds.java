package io.freshet.streaming.log;

import io.freshet.error.Violations;
import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.StreamingJobPlan;
import java.util.OptionalLong;

/**
 * How long a transaction of the feature log may stay open. It begins after one checkpoint and is
 * committed once the next has completed, or by a restart from that; Kafka aborts it after its
 * timeout, and then its rows are lost.
 */
public final class TransactionBounds {
  /** How long a job may take to be running again from its newest checkpoint. */
  public static final long RESTART_ALLOWANCE_MILLIS = 120_000;

  private TransactionBounds() {}

  /**
   * Refuses settings under which rows can be lost. A job that delivers at least once has no
   * transactions.
   *
   * @param brokerMaximumMillis {@code transaction.max.timeout.ms} of the brokers, if they told it
   * @throws io.freshet.error.InvalidInputException with all reasons
   */
  public static void check(StreamingJobPlan plan, OptionalLong brokerMaximumMillis) {
    if (plan.delivery() != Delivery.EXACTLY_ONCE) {
      return;
    }
    Violations faults = new Violations();
    long timeout = plan.logs().transactionTimeoutMillis();
    CheckpointPlan checkpoints = plan.checkpoints();
    long needed =
        checkpoints.intervalMillis() + checkpoints.timeoutMillis() + RESTART_ALLOWANCE_MILLIS;
    if (timeout <= needed) {
      faults.add(
          "logs.transactionTimeoutMillis",
          ("Cannot let transactions time out after %d ms: rows would be lost when a checkpoint takes as long as it may."
                  + " Choose more than %d ms (the interval of %d ms, the checkpoint timeout of %d ms and %d ms for a restart), or a shorter checkpoint timeout")
              .formatted(
                  timeout,
                  needed,
                  checkpoints.intervalMillis(),
                  checkpoints.timeoutMillis(),
                  RESTART_ALLOWANCE_MILLIS));
    }
    if (brokerMaximumMillis.isPresent() && timeout > brokerMaximumMillis.getAsLong()) {
      faults.add(
          "logs.transactionTimeoutMillis",
          "Cannot let transactions time out after %d ms: the brokers' transaction.max.timeout.ms is %d. Raise that, or choose a shorter transaction timeout and a shorter checkpoint timeout"
              .formatted(timeout, brokerMaximumMillis.getAsLong()));
    }
    faults.throwIfAny("job " + plan.jobName());
  }

  /**
   * How many checkpoints in a row may fail before the job starts again from the newest that is
   * complete. A failed checkpoint harms nobody, but the transactions it leaves behind must not grow
   * so old that Kafka aborts them: a restart computes their rows again.
   */
  public static int tolerableFailedCheckpoints(StreamingJobPlan plan) {
    if (plan.delivery() != Delivery.EXACTLY_ONCE) {
      return Integer.MAX_VALUE;
    }
    long spare = plan.logs().transactionTimeoutMillis() - RESTART_ALLOWANCE_MILLIS;
    return (int)
        Math.max(1, Math.min(Integer.MAX_VALUE, spare / plan.checkpoints().intervalMillis()));
  }
}
