package io.freshet.platform.reconcile;

import io.freshet.plan.StreamingJobPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of the cluster for a source and delivery guarantee, as stored.
 *
 * @param generation milliseconds since the epoch when its first streaming view came
 * @param attempt from 1; one more for every time the job was lost or failed for good
 * @param jobId what the cluster calls this attempt
 * @param plan what the attempt is started with
 * @param savepoint the checkpoint that it starts from; null for a start from the earliest event
 * @param problem why it does not run, as far as is known
 */
public record StreamingJob(
    JobKey key,
    long generation,
    int attempt,
    String jobId,
    State state,
    StreamingJobPlan plan,
    @Nullable String savepoint,
    @Nullable String problem,
    Instant requestedAt,
    Instant updatedAt) {
  /** How far the intent is carried out. */
  public enum State {
    /** Asked for; the cluster may not know it yet. */
    REQUESTED,
    /** The cluster has taken it. */
    RUNNING,
    /** No view needs it any more; the cluster may still run it. */
    CANCELLING,
    CANCELLED
  }

  /** Whether it is meant to run, so that views that come now come to a job that has begun. */
  public boolean isWanted() {
    return state == State.REQUESTED || state == State.RUNNING;
  }

  /** Another attempt of the same generation. */
  StreamingJob nextAttempt(StreamingJobPlan newPlan, @Nullable String restoreFrom, Instant now) {
    return requested(key, generation, attempt + 1, newPlan, restoreFrom, now);
  }

  static StreamingJob requested(
      JobKey key,
      long generation,
      int attempt,
      StreamingJobPlan plan,
      @Nullable String savepoint,
      Instant now) {
    return new StreamingJob(
        key,
        generation,
        attempt,
        JobIds.derive(key, generation, attempt),
        State.REQUESTED,
        plan,
        savepoint,
        null,
        now,
        now);
  }
}
