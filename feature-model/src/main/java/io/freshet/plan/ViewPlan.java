package io.freshet.plan;

/**
 * A bound view with what the control plane decided about it: the unit of work of an engine.
 *
 * @param number the registry's number of this version of the view: its field in the online store
 * @param lane names one computation of the view by the streaming engine, from its start to its end:
 *     state belongs to a lane. Two lanes of a view run side by side while one replaces the other
 * @param epoch fences writers: rows of a later epoch replace rows of an earlier one
 * @param phase of the lane
 * @param shedding whether the streaming engine drops the view's events for now, counting them
 */
public record ViewPlan(
    BoundView view, int number, int lane, Tier tier, int epoch, Phase phase, boolean shedding) {
  /** How far a lane is. */
  public enum Phase {
    /**
     * It counts the events from where its source was read when it began, and waits for the tiles of
     * those before.
     */
    BOOTSTRAPPING,
    /** Its tiles hold everything: its values are right. */
    LIVE
  }

  /** A view that needs no tiles from elsewhere, in the lane of its number. */
  public static ViewPlan live(BoundView view, int number, Tier tier, int epoch) {
    return new ViewPlan(view, number, number, tier, epoch, Phase.LIVE, false);
  }
}
