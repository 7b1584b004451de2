package io.freshet.store;

/**
 * How far a view is materialized: every event before a time counts in its rows. An older progress
 * never replaces a newer one of the same or a later epoch.
 *
 * @param view the number of the view's version
 * @param epoch unsigned; the epoch of the engine that says so
 * @param completeThroughMillis milliseconds since the epoch
 */
public record ViewProgress(String project, int view, int epoch, long completeThroughMillis) {
  /** Whether this replaces {@code present}, the progress of the same view. */
  public boolean isNewerThan(ViewProgress present) {
    int byEpoch = Integer.compareUnsigned(epoch, present.epoch);
    return byEpoch > 0 || (byEpoch == 0 && completeThroughMillis > present.completeThroughMillis);
  }
}
