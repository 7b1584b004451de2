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
   * @param events the events that it took within the view's windows
   * @param rows the rows that it computed, one a key
   * @param applied those of them that were newer than what the online store had
   * @param duplicates copies of those events that were dropped
   * @param reading which events it read
   */
  public record ViewResult(
      int view, long events, long rows, long applied, long duplicates, Reading reading) {}

  /** Which events of the source were read for a view, and why not just the new ones. */
  public enum Reading {
    /** Those that came since the view's newest tick. */
    CHANGES,
    /** Those, and all of the keys and days of which some were changed or taken away. */
    CHANGES_AND_CORRECTIONS,
    /** All of its windows: it has no tiles yet. */
    ALL_FOR_FIRST_TICK,
    /** All of its windows: events that can have copies were changed or taken away. */
    ALL_FOR_CORRECTIONS,
    /** All of its windows: the table no longer tells what has changed since. */
    ALL_FOR_GAP,
    /** All of its windows: the table is not the one that the tiles were made from. */
    ALL_FOR_REPLACED_TABLE,
    /** All of its windows: the tick is before the view's newest, and goes to the log only. */
    ALL_FOR_EARLIER_TICK
  }

  public BatchRunResult {
    views = List.copyOf(views);
  }
}
