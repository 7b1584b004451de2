package io.freshet.batch.handover;

import io.freshet.batch.materialize.TakenEvents;
import io.freshet.plan.BoundView;
import io.freshet.plan.Deduplication;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.HandOverPlan.Lane;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.window.Window;
import java.io.Serializable;
import java.util.List;

/**
 * Which of the events before its cut a lane needs, as tasks get it. Times are event times.
 *
 * @param events those that enter tiles
 * @param keysFromMillis a key without an event from here on is not handed over: its row has expired
 * @param idsFromMillis of events from here on copies may still come that are not late
 */
record LaneSpan(TakenEvents events, long keysFromMillis, long idsFromMillis)
    implements Serializable {
  /**
   * @param newestMillis the newest event before the lane's cut
   * @param watermarkMillis what the stream's watermark was at least, at the cut
   */
  static LaneSpan of(
      SourcePlan source, Lane lane, long newestMillis, long watermarkMillis, long nowMillis) {
    BoundView view = lane.plan().view();
    long idsFrom = idsFrom(source, view, watermarkMillis);
    long served = Math.max(view.ttlMillis(), view.longestWindowMillis()) + longestHop(view);
    long keysFrom = Math.min(Math.min(newestMillis, nowMillis) - served, idsFrom);
    if (view.coversLifetime()) {
      return new LaneSpan(taken(lane, Window.LIFETIME_START), Window.LIFETIME_START, idsFrom);
    }
    long windows = view.longestWindowMillis() + longestHop(view);
    return new LaneSpan(taken(lane, keysFrom - windows), keysFrom, idsFrom);
  }

  int lane() {
    return events.number();
  }

  private static TakenEvents taken(Lane lane, long fromMillis) {
    return new TakenEvents(
        lane.plan().lane(),
        PlanCodec.encodeToString(lane.plan().view()),
        fromMillis,
        TakenEvents.NO_END,
        lane.cut());
  }

  private static long idsFrom(SourcePlan source, BoundView view, long watermarkMillis) {
    Deduplication copies = source.deduplication();
    return copies == null
        ? Long.MAX_VALUE
        : watermarkMillis - view.allowedLatenessMillis() - copies.withinMillis();
  }

  private static long longestHop(BoundView view) {
    List<Window> windows = view.features().stream().map(FeaturePlan::window).toList();
    return windows.stream()
        .filter(window -> !window.holdsAll())
        .mapToLong(Window::hopMillis)
        .max()
        .orElse(0);
  }
}
