package io.freshet.plan;

/**
 * A bound view with what the control plane decided about it: the unit of work of an engine.
 *
 * @param number the registry's number of this version of the view: its field in the online store
 * @param epoch fences writers: rows of a later epoch replace rows of an earlier one
 * @param countsFromMillis the first event time that counts, or {@link #ALL_EVENTS}
 */
public record ViewPlan(BoundView view, int number, Tier tier, int epoch, long countsFromMillis) {
  public static final long ALL_EVENTS = Long.MIN_VALUE;
}
