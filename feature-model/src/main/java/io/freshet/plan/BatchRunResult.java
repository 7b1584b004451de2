package io.freshet.plan;

import java.util.List;

/**
 * What a finished batch run did.
 *
 * @param archivedEvents events that the run added to the archive
 * @param rejectedEvents records that it could not read, and events that an expression of a view
 *     failed on for the first time
 */
public record BatchRunResult(
    String runId,
    long asOfMillis,
    long archivedEvents,
    long rejectedEvents,
    List<ViewResult> views) {
  /**
   * What it did for a view.
   *
   * @param events the events within the view's windows
   * @param rows the rows that it computed, one a key
   * @param applied those of them that were newer than what the online store had
   * @param duplicates copies of events that were dropped within the view's windows
   */
  public record ViewResult(int view, long events, long rows, long applied, long duplicates) {}

  public BatchRunResult {
    views = List.copyOf(views);
  }
}
