package io.freshet.batch.training;

import io.freshet.batch.training.TimelineEntry.Kind;
import java.io.Serializable;

/**
 * The order of a timeline as one number, because Spark sorts rows by one number several times as
 * fast as by two: first bits of the slot, then the instant from which an event is seen, labels
 * after events. What is seen before the first label comes before it in any order. The more time
 * there is between labels, the fewer bits are left for slots: some keys then meet that need not.
 *
 * @param firstMillis the time of the first label
 * @param instantBits how many bits an instant takes
 */
record TimelineOrder(long firstMillis, int instantBits) implements Serializable {
  private static final long BEFORE_LABELS = 0;

  static TimelineOrder of(AskedSource asked) {
    long last = instant(Kind.LABEL, asked.lastMillis() - asked.firstMillis());
    return new TimelineOrder(asked.firstMillis(), Long.SIZE - Long.numberOfLeadingZeros(last));
  }

  /** Of a state, which comes before everything that counts beyond it. */
  long ofState(long slot) {
    return slots(slot) | BEFORE_LABELS;
  }

  /**
   * @param millis from when an event is seen, or the time of a label
   */
  long of(long slot, Kind kind, long millis) {
    return slots(slot)
        | (millis < firstMillis ? BEFORE_LABELS : instant(kind, millis - firstMillis));
  }

  /** The instant; of what is seen before the first label the one before that. */
  long millisOf(long order) {
    return firstMillis - 1 + ((order & ~slots(-1)) >>> 1);
  }

  /** Equal in entries of one slot. */
  long slotOf(long order) {
    return order >>> instantBits;
  }

  private long slots(long slot) {
    return slot & (-1L << instantBits);
  }

  private static long instant(Kind kind, long sinceFirst) {
    return ((sinceFirst + 1) << 1) | (kind == Kind.LABEL ? 1 : 0);
  }
}
