package io.freshet.serving;

/**
 * What of a key's events is seen at a time.
 *
 * @param beforeMillis only events with an event time before it
 * @param arrivedBeforeMillis only events that arrived before it; {@link #ANY_ARRIVAL} if arrival
 *     does not matter
 * @param decayedThroughMillis windows have lost what left them as of this time; at most {@code
 *     beforeMillis}
 */
public record Sight(long beforeMillis, long arrivedBeforeMillis, long decayedThroughMillis) {
  public static final long ANY_ARRIVAL = Long.MAX_VALUE;

  public Sight {
    if (decayedThroughMillis > beforeMillis) {
      throw new IllegalArgumentException(
          "Cannot have windows decayed through "
              + decayedThroughMillis
              + ": events are seen before "
              + beforeMillis
              + " only");
    }
  }

  public boolean holds(long eventMillis, long arrivalMillis) {
    return eventMillis < beforeMillis
        && (arrivedBeforeMillis == ANY_ARRIVAL || arrivalMillis < arrivedBeforeMillis);
  }

  /**
   * The time that values are as of.
   *
   * @param newestEventMillis of the events that are seen, or {@code Long.MIN_VALUE} if none is
   */
  public long asOf(long newestEventMillis) {
    return newestEventMillis < decayedThroughMillis ? decayedThroughMillis : newestEventMillis + 1;
  }
}
