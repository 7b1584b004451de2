package io.freshet.batch.consistency;

import io.freshet.batch.materialize.HeldEvents;
import io.freshet.batch.source.EventTable;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.Engine;
import io.freshet.plan.ViewPlan;
import io.freshet.store.ViewProgress;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Whether a view is checked, and from which events.
 *
 * @param notChecked why it is not; null if it is
 * @param version of the source's table, up to which the view's rows hold its events
 */
record ViewScope(
    ViewPlan view, @Nullable String notChecked, long completeThroughMillis, long version) {
  /**
   * @param progress of the view; null if it has none
   */
  static ViewScope of(
      SparkSession spark,
      BatchRunPlan reading,
      ViewPlan view,
      EventTable events,
      @Nullable ViewProgress progress) {
    if (view.phase() == ViewPlan.Phase.BOOTSTRAPPING) {
      return not(view, "its history is still being handed over");
    }
    if (view.shedding()) {
      return not(view, "it is shed: its events are dropped for now");
    }
    if (progress == null || progress.epoch() != view.epoch()) {
      return not(view, "its engine has not yet said how far it is");
    }
    long complete = progress.completeThroughMillis();
    return view.tier().engine() == Engine.STREAMING
        ? new ViewScope(view, null, complete, events.version())
        : ofTiles(spark, reading, view, events, complete);
  }

  /** A run's rows hold what its tiles hold: not what arrived later. */
  private static ViewScope ofTiles(
      SparkSession spark, BatchRunPlan reading, ViewPlan view, EventTable events, long complete) {
    Optional<HeldEvents> held = HeldEvents.of(spark, reading, view, events);
    if (held.isEmpty()) {
      return not(view, "its tiles are not made from the source's table as it is");
    }
    Instant newestTick = held.get().newestTick();
    if (newestTick != null && newestTick.toEpochMilli() > complete) {
      return not(view, "the run as of %s has not come to its end".formatted(newestTick));
    }
    long version = held.get().version();
    if (!events.tellsChangesAfter(version)) {
      return not(view, "the source's table no longer has its version " + version);
    }
    return new ViewScope(view, null, complete, version);
  }

  private static ViewScope not(ViewPlan view, String why) {
    return new ViewScope(view, why, 0, 0);
  }
}
