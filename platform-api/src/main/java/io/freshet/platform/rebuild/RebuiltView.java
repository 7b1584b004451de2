package io.freshet.platform.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.plan.ViewPlan;
import org.jspecify.annotations.Nullable;

/**
 * A view whose rows are computed again, by one engine.
 *
 * @param engine STREAMING or BATCH; a view that moves from one to the other is there twice
 * @param lane that begins in the stream; null if none does, or the engine is the other
 * @param operation the batch run that writes the rows
 * @param waitsFor why it does not begin now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RebuiltView(
    String project,
    String view,
    String engine,
    @Nullable Integer lane,
    @Nullable String operation,
    @Nullable String waitsFor) {
  static RebuiltView byLane(ViewPlan view, int lane) {
    return of(view, lane, null, null);
  }

  static RebuiltView byRun(ViewPlan view, String run) {
    return of(view, null, run, null);
  }

  static RebuiltView later(ViewPlan view, String waitsFor) {
    return of(view, null, null, waitsFor);
  }

  private static RebuiltView of(
      ViewPlan view, @Nullable Integer lane, @Nullable String run, @Nullable String waitsFor) {
    return new RebuiltView(
        view.view().project(),
        view.view().name(),
        view.tier().engine().name(),
        lane,
        run,
        waitsFor);
  }
}
