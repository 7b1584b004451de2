package io.freshet.plan;

import org.jspecify.annotations.Nullable;

/**
 * How far a run of the batch engine is, as its driver writes it to {@code progress.json} next to
 * its result, at most once a second. Rows are those of tasks that have succeeded, over the whole
 * run; a stage of Spark that is computed again counts again.
 *
 * @param runId the run that the file tells of
 * @param stage what it does: {@code start}, {@code archive}, {@code tiles}, {@code serve}, {@code
 *     log}, {@code hand-over}, {@code training-set}, {@code backfill} or {@code consistency};
 *     others may come
 * @param view whose stage it is; null if that of all views of the run
 * @param tasksDone of the stage
 * @param tasksKnown of the stage, as far as they are planned; more may follow
 * @param rowsRead from Kafka, tables and caches, as Spark counts them
 * @param rowsWritten to tables
 * @param rowsServed that the online store has decided on
 * @param advancedMillis when the last of these changed, or a running task was seen to come past
 *     rows
 * @param chunks how many of a stage's are done, each for good; null if it has none
 */
public record RunProgress(
    String runId,
    String stage,
    @Nullable String view,
    int tasksDone,
    int tasksKnown,
    long rowsRead,
    long rowsWritten,
    long rowsServed,
    long advancedMillis,
    @Nullable Chunks chunks) {
  /** The name of the file, which is in the folder of the result file. */
  public static final String FILE_NAME = "progress.json";

  /**
   * How many parts of a stage are done.
   *
   * @param done in earlier attempts too
   */
  public record Chunks(int done, int known) {}

  /** In a stage without chunks. */
  public RunProgress(
      String runId,
      String stage,
      @Nullable String view,
      int tasksDone,
      int tasksKnown,
      long rowsRead,
      long rowsWritten,
      long rowsServed,
      long advancedMillis) {
    this(
        runId,
        stage,
        view,
        tasksDone,
        tasksKnown,
        rowsRead,
        rowsWritten,
        rowsServed,
        advancedMillis,
        null);
  }
}
