package io.freshet.platform.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.platform.schedule.BatchRun.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A batch run as users see it.
 *
 * @param state RUNNING, also while it waits, until it is SUCCEEDED or FAILED
 * @param source {@code training-set} where the run makes one, which is of no source
 * @param cause TICK, NEW_VIEWS, MANUAL, REBUILD, HAND_OVER or TRAINING_SET
 * @param asOf null until a run for new views or a rebuild has started; and for a hand-over or
 *     training set
 * @param attempts processes started so far
 * @param result what the run has done, as its program wrote it
 * @param problem why it failed or is tried again, with the end of its log
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Operation(
    String id,
    String state,
    String project,
    String source,
    String tier,
    String cause,
    @Nullable Instant asOf,
    int attempts,
    Instant requestedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Record result,
    @Nullable String problem) {
  public static Operation of(BatchRun run) {
    return new Operation(
        run.id(),
        stateOf(run.state()),
        run.source().project(),
        run.source().source(),
        run.tier(),
        run.cause().name(),
        run.asOfMillis() == null ? null : Instant.ofEpochMilli(run.asOfMillis()),
        run.attempt(),
        run.requestedAt(),
        run.startedAt(),
        run.finishedAt(),
        run.result() == null ? null : run.result().details(),
        run.problem());
  }

  private static String stateOf(State state) {
    return switch (state) {
      case PENDING, RUNNING -> "RUNNING";
      case SUCCEEDED -> "SUCCEEDED";
      case FAILED, SKIPPED -> "FAILED";
    };
  }
}
