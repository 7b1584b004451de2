package io.freshet.platform.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.definition.Durations;
import io.freshet.plan.RunProgress;
import io.freshet.platform.schedule.BatchRun.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A batch run as users see it.
 *
 * @param state RUNNING, also while it waits, until it is SUCCEEDED, FAILED or CANCELLED
 * @param source {@code training-set} where the run makes one, which is of no source
 * @param cause TICK, NEW_VIEWS, MANUAL, REBUILD, HAND_OVER, TRAINING_SET, BACKFILL or CONSISTENCY
 * @param asOf null until a run for new views or a rebuild has started; and for a hand-over,
 *     training set, backfill or consistency check
 * @param attempts processes started so far
 * @param cancelRequestedAt when somebody wanted it to end that it has not ended for yet
 * @param progress how far the newest attempt is, or was
 * @param stalledFor how long it is without progress, if that is too long, as {@code 12m30s}
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
    @Nullable Instant cancelRequestedAt,
    @Nullable Progress progress,
    @Nullable String stalledFor,
    @Nullable Record result,
    @Nullable String problem) {
  /**
   * How far an attempt is, as its driver last told. Rows are those of tasks that have succeeded,
   * over the whole run.
   *
   * @param stage start, archive, tiles, serve, log, hand-over, training-set, backfill or
   *     consistency
   * @param view whose stage it is; null if that of all views of the run
   * @param tasksDone of the stage
   * @param tasksKnown of the stage so far
   * @param advancedAt when any of these last changed, or a running task was seen to come on
   * @param chunksDone of the stage, each for good; null if it has no chunks
   * @param chunksKnown all of the stage; null if it has none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(
      String stage,
      @Nullable String view,
      int tasksDone,
      int tasksKnown,
      long rowsRead,
      long rowsWritten,
      long rowsServed,
      Instant advancedAt,
      @Nullable Integer chunksDone,
      @Nullable Integer chunksKnown) {
    static Progress of(RunProgress told) {
      return new Progress(
          told.stage(),
          told.view(),
          told.tasksDone(),
          told.tasksKnown(),
          told.rowsRead(),
          told.rowsWritten(),
          told.rowsServed(),
          Instant.ofEpochMilli(told.advancedMillis()),
          told.chunks() == null ? null : (Integer) told.chunks().done(),
          told.chunks() == null ? null : (Integer) told.chunks().known());
    }
  }

  static Operation of(BatchRun run, Instant now, Duration stalledAfter) {
    RunProgress told = run.watch().progress();
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
        run.state().isFinal() ? null : run.watch().cancelWantedAt(),
        told == null ? null : Progress.of(told),
        stalledFor(run, now, stalledAfter),
        run.result() == null ? null : run.result().details(),
        run.problem());
  }

  private static @Nullable String stalledFor(BatchRun run, Instant now, Duration stalledAfter) {
    if (run.state() != State.RUNNING) {
      return null;
    }
    Duration idle = run.sinceProgress(run.watch().progress(), now);
    return idle.compareTo(stalledAfter) < 0
        ? null
        : Durations.format(idle.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String stateOf(State state) {
    return switch (state) {
      case PENDING, RUNNING -> "RUNNING";
      case SUCCEEDED -> "SUCCEEDED";
      case FAILED, SKIPPED -> "FAILED";
      case CANCELLED -> "CANCELLED";
    };
  }
}
