package io.freshet.platform.reconcile;

import io.freshet.plan.StreamingJobPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of the cluster for a source and delivery guarantee, as stored.
 *
 * @param generation milliseconds since the epoch when its first streaming view came
 * @param attempt from 1; one more for every time the job was lost, failed for good or was stopped
 *     to go on in another way
 * @param jobId what the cluster calls this attempt
 * @param plan what the attempt is started with
 * @param launch how it is started
 * @param savepoint the checkpoint or savepoint that it starts from; null for a start from the
 *     earliest event
 * @param stop the stops that were asked of this attempt
 * @param past what the attempts before leave to it
 * @param condition why it is not simply started again, or null
 * @param problem why it does not run as it should, as far as is known
 */
public record StreamingJob(
    JobKey key,
    long generation,
    int attempt,
    String jobId,
    State state,
    StreamingJobPlan plan,
    Launch launch,
    @Nullable String savepoint,
    Stop stop,
    Past past,
    @Nullable Condition condition,
    @Nullable String problem,
    Instant requestedAt,
    Instant updatedAt) {
  /** How far the intent is carried out. */
  public enum State {
    /** Asked for; the cluster may not know it yet. */
    REQUESTED,
    /** The cluster has taken it. */
    RUNNING,
    /** It is to end with a savepoint, from which the next attempt goes on. */
    STOPPING,
    /** No view needs it any more; the cluster may still run it. */
    CANCELLING,
    CANCELLED
  }

  /** Whether it is meant to run, so that views that come now come to a job that has begun. */
  public boolean isWanted() {
    return state == State.REQUESTED || state == State.RUNNING || state == State.STOPPING;
  }

  /** Another attempt of the same generation. */
  StreamingJob nextAttempt(
      JobStart start, @Nullable String restoreFrom, Past newPast, Instant now) {
    return requested(key, generation, attempt + 1, start, restoreFrom, newPast, now);
  }

  static StreamingJob requested(
      JobKey key,
      long generation,
      int attempt,
      JobStart start,
      @Nullable String restoreFrom,
      Past past,
      Instant now) {
    return new StreamingJob(
        key,
        generation,
        attempt,
        JobIds.derive(key, generation, attempt),
        State.REQUESTED,
        start.plan(),
        start.launch(),
        restoreFrom,
        Stop.NONE,
        past,
        null,
        null,
        now,
        now);
  }
}
