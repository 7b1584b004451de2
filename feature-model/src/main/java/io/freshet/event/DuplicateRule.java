package io.freshet.event;

import io.freshet.plan.Deduplication;
import java.util.Arrays;

/**
 * When an event is a duplicate: one that arrived before it has the same id and an event time at
 * most so far away, whether or not that one was a duplicate itself. What must be remembered of an
 * id are event times, in ascending order; those that two others make needless are left out, so that
 * there are never more than two in any stretch of twice that distance. Thread-safe.
 */
public final class DuplicateRule {
  /** The times of an id that was not seen. */
  public static final long[] UNSEEN = {};

  private final long withinMillis;

  public DuplicateRule(Deduplication declared) {
    this.withinMillis = declared.withinMillis();
  }

  /**
   * @param seen the remembered times of the event's id
   */
  public boolean isDuplicate(long[] seen, long timeMillis) {
    int next = firstFrom(seen, timeMillis);
    return (next < seen.length && seen[next] - timeMillis <= withinMillis)
        || (next > 0 && timeMillis - seen[next - 1] <= withinMillis);
  }

  /**
   * The times once the event has arrived.
   *
   * @return the same array if nothing is to be remembered, else another one
   */
  public long[] remember(long[] seen, long timeMillis) {
    int next = firstFrom(seen, timeMillis);
    boolean known = next < seen.length && seen[next] == timeMillis;
    if (known || isNeedless(seen, next - 1, next)) {
      return seen;
    }
    int before = next >= 2 && covers(seen[next - 2], timeMillis) ? next - 1 : next;
    int after = next + 1 < seen.length && covers(timeMillis, seen[next + 1]) ? next + 1 : next;
    long[] remembered = new long[before + 1 + seen.length - after];
    System.arraycopy(seen, 0, remembered, 0, before);
    remembered[before] = timeMillis;
    System.arraycopy(seen, after, remembered, before + 1, seen.length - after);
    return remembered;
  }

  /**
   * The times that still matter once all further events are at a time or later.
   *
   * @return the same array if all do
   */
  public long[] forget(long[] seen, long earliestMillis) {
    int kept = firstFrom(seen, earliestMillis - withinMillis);
    return kept == 0 ? seen : Arrays.copyOfRange(seen, kept, seen.length);
  }

  private boolean isNeedless(long[] seen, int before, int after) {
    return before >= 0 && after < seen.length && covers(seen[before], seen[after]);
  }

  /** Whether every time between two is near enough to one of them. */
  private boolean covers(long one, long later) {
    return later - one <= 2 * withinMillis + 1;
  }

  /** The position of the first time that is not before the given one. */
  private static int firstFrom(long[] seen, long timeMillis) {
    int found = Arrays.binarySearch(seen, timeMillis);
    return found >= 0 ? found : -found - 1;
  }
}
