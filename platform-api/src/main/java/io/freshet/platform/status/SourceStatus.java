package io.freshet.platform.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.plan.TablePlan;
import io.freshet.platform.overload.OverloadReport;
import io.freshet.platform.registry.HandOverProgress;
import io.freshet.platform.registry.ViewState;
import io.freshet.platform.schedule.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engines do for a source.
 *
 * @param table the table whose rows are its events; null if a topic carries them
 * @param problem why it could not be reconciled at the last pass
 * @param streams its streaming jobs, by delivery guarantee
 * @param batchRuns its newest batch runs, the newest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SourceStatus(
    String project,
    String source,
    @Nullable Table table,
    @Nullable String problem,
    List<Stream> streams,
    List<View> views,
    List<Operation> batchRuns) {
  /** A table that others write. */
  record Table(String format, String path) {
    static Table of(TablePlan plan) {
      return new Table(plan.format().wireName(), plan.path());
    }
  }

  /**
   * A streaming job.
   *
   * @param intent what was asked of the cluster: REQUESTED, RUNNING, STOPPING, CANCELLING,
   *     CANCELLED
   * @param condition why it waits for an operator: DATA_LOSS_SUSPECTED or STATE_LOST
   * @param clusterState what the cluster says; null if it does not know the job or does not answer
   * @param up whether all of its tasks run
   * @param notice what an operator should know about how the attempt began
   * @param restoredFrom the checkpoint or savepoint that the attempt began with
   * @param parallelism that the attempt was started with
   * @param wantedParallelism that it is brought to
   * @param release the name of the jar's content
   * @param overload how it keeps up; null if it does not run or has only just begun
   * @param lagEvents events that it has not read yet
   * @param unreadableDefinitions of views that it left out, and does not compute
   * @param unusableHistories records of hand-overs that it left out; their lanes stay behind
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Stream(
      String delivery,
      String jobId,
      int attempt,
      String intent,
      @Nullable String clusterState,
      boolean up,
      @Nullable String condition,
      @Nullable String problem,
      @Nullable String notice,
      @Nullable String restoredFrom,
      int parallelism,
      int wantedParallelism,
      @Nullable String release,
      State state,
      @Nullable OverloadReport overload,
      @Nullable Long restarts,
      @Nullable Checkpoint lastCheckpoint,
      @Nullable Long lagEvents,
      @Nullable Long deadLetters,
      @Nullable Long lateEvents,
      @Nullable Long duplicateEvents,
      @Nullable Long unreadableDefinitions,
      @Nullable Long unusableHistories) {}

  /**
   * Where a job keeps its state.
   *
   * @param plannedBytes in its binary form
   * @param reason why it is kept there
   */
  record State(String backend, long plannedBytes, String reason) {}

  /** A completed checkpoint. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Checkpoint(long id, Instant completedAt, long durationMillis, @Nullable String path) {}

  /**
   * A view's progress.
   *
   * @param state LIVE, BOOTSTRAPPING or SHEDDING
   * @param handOver how far it is on its way to another engine, or to its history; null if it is
   *     there
   * @param completeThrough null if nothing was materialized yet or the store does not answer
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record View(
      String view,
      int number,
      String tier,
      ViewState state,
      @Nullable HandOverProgress handOver,
      @Nullable Instant completeThrough,
      @Nullable Long stalenessMillis,
      @Nullable Long maxStalenessMillis) {}

  SourceStatus {
    streams = List.copyOf(streams);
    views = List.copyOf(views);
    batchRuns = List.copyOf(batchRuns);
  }
}
