package io.freshet.platform.schedule;

import io.freshet.plan.ViewPlan;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest runs that views were started in. A run of an earlier epoch does not count: others have
 * written the view's rows since.
 */
record StartedViews(Map<Integer, Start> byNumber) {
  /**
   * The newest run of a view.
   *
   * @param asOfMillis its as-of time
   * @param epoch that it wrote
   */
  record Start(long asOfMillis, int epoch) {}

  StartedViews {
    byNumber = Map.copyOf(byNumber);
  }

  boolean contains(ViewPlan view) {
    return asOf(view).isPresent();
  }

  /** The as-of time of the newest run, successful or not. */
  Optional<Long> asOf(ViewPlan view) {
    @Nullable Start start = byNumber.get(view.number());
    return Optional.ofNullable(start)
        .filter(run -> run.epoch() == view.epoch())
        .map(Start::asOfMillis);
  }
}
