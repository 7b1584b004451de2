package io.freshet.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How what the online store serves compares with what the source's events say.
 *
 * @param sampleOneIn one key in so many was checked
 * @param archivedEvents events that the run added to the archive
 * @param views in the plan's order
 */
public record ConsistencyResult(
    String runId, int sampleOneIn, long archivedEvents, List<ViewResult> views) {
  /** How many differing keys of a view are told with their rows. */
  public static final int MOST_EXAMPLES = 20;

  /** In what way a key differs. */
  public enum Finding {
    /** The row has other values than its events give. */
    WRONG,
    /** The row was right as of its version, but should have changed since. */
    STALE,
    /** Without events that came later than the view allows, it would be right. */
    LATE,
    /** There is no row, though a window holds an event. */
    MISSING,
    /** There are values, though no window holds an event. */
    EXTRA
  }

  /** Why a key that differs says nothing. */
  public enum Skip {
    /** Its row changed while the check ran. */
    CHANGED,
    /** Its row is ahead of what the view is complete through: events may be on their way. */
    UNSETTLED,
    /** It has no row, and its newest event is older than the view's ttl. */
    EXPIRED,
    /** The view counts events at least once, not exactly. */
    COUNTED_AT_LEAST_ONCE
  }

  /**
   * The keys of a view.
   *
   * @param number of the version of the view
   * @param notChecked why none was compared; null if the view was checked
   * @param compared the sum of equal, mismatched, missing and extra
   * @param partlyCompared rows of which a percentile of more than 200 values was left out: its
   *     sketch draws lots
   * @param skipped keys that differ and say nothing, by why; none of them is compared
   * @param worstRelativeDifference of two numbers, also equal ones, relative to the greater of them
   *     and of 1
   * @param examples of differing keys, at most {@link #MOST_EXAMPLES}
   */
  public record ViewResult(
      String view,
      int number,
      @Nullable String notChecked,
      long compared,
      long equal,
      Mismatched mismatched,
      long missing,
      long extra,
      long partlyCompared,
      Map<Skip, Long> skipped,
      double worstRelativeDifference,
      List<Example> examples) {
    public ViewResult {
      skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
      examples = List.copyOf(examples);
    }
  }

  /** Keys whose row is another than it should be, by {@link Finding}. */
  public record Mismatched(long wrong, long stale, long late) {
    public static final Mismatched NONE = new Mismatched(0, 0, 0);
  }

  /**
   * A key that differs.
   *
   * @param key the join keys by their names, as text
   * @param version of the row that is served; null if there is none
   * @param served the newest event's time as {@code eventTime} and the features by their names, as
   *     text; null if there is no row
   * @param recomputed the same from the events
   */
  public record Example(
      Finding finding,
      Map<String, String> key,
      @Nullable RowVersion version,
      @Nullable Map<String, @Nullable String> served,
      Map<String, @Nullable String> recomputed) {
    public Example {
      key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
      served = served == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(served));
      recomputed = Collections.unmodifiableMap(new LinkedHashMap<>(recomputed));
    }
  }

  /** The version of a row, its unsigned numbers as they read. */
  public record RowVersion(long epoch, long asOfMillis, long sequence) {}

  public ConsistencyResult {
    views = List.copyOf(views);
  }

  /** How many keys differ. */
  public long differing() {
    return views.stream().mapToLong(view -> view.compared() - view.equal()).sum();
  }
}
