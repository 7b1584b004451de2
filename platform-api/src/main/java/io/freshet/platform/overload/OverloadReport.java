package io.freshet.platform.overload;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a streaming job keeps up.
 *
 * @param since when it came into the state
 * @param reasons what the last look found, in words
 * @param predictedStalenessSeconds how long an event waits that comes now; null if none is read
 *     though some wait
 * @param secondsUntilStale how long until the tightest promise breaks; null if it will not
 * @param catchUpSeconds how long until nothing waits; null if it becomes no less
 * @param lagTrend how many more events wait every second
 * @param shedViews the views that are shed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OverloadReport(
    OverloadState state,
    Instant since,
    List<String> reasons,
    @Nullable Double predictedStalenessSeconds,
    @Nullable Double secondsUntilStale,
    @Nullable Double catchUpSeconds,
    double busyRatio,
    double backPressureRatio,
    double eventsPerSecond,
    double lagTrend,
    List<String> shedViews) {
  public OverloadReport {
    reasons = List.copyOf(reasons);
    shedViews = List.copyOf(shedViews);
  }

  static OverloadReport of(
      Standing standing, Judgement judged, StreamLoad load, List<String> shedViews) {
    return new OverloadReport(
        standing.state(),
        standing.since(),
        judged.reasons(),
        finite(load.waitSeconds()),
        finite(load.secondsUntilStale()),
        finite(load.catchUpSeconds()),
        load.busyRatio(),
        load.backPressureRatio(),
        load.eventsPerSecond(),
        load.pendingTrend(),
        shedViews);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
