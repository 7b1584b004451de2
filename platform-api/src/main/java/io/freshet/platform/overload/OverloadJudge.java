package io.freshet.platform.overload;

import io.freshet.definition.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges a streaming job by what it carries: whether it breaks the tightest promise of its views,
 * or will, before that happens. A pure function of the load and of the state that the job is in:
 * leaving a state takes less load than entering it.
 */
final class OverloadJudge {
  /** A checkpoint that takes so much of its timeout is about to fail. */
  private static final double NEAR_TIMEOUT = 0.9;

  /** An event that waits for so much of the promised time leaves little to spare. */
  private static final double NEAR_PROMISE = 0.5;

  private final OverloadSettings settings;

  OverloadJudge(OverloadSettings settings) {
    this.settings = settings;
  }

  Judgement judge(StreamLoad load, OverloadState current) {
    List<String> overloaded = new ArrayList<>();
    overloaded.addAll(brokenPromise(load, easeOf(OverloadState.OVERLOADED, current)));
    overloaded.addAll(failingCheckpoints(load, easeOf(OverloadState.OVERLOADED, current)));
    if (!overloaded.isEmpty()) {
      return new Judgement(OverloadState.OVERLOADED, overloaded);
    }
    List<String> atRisk = risks(load, easeOf(OverloadState.AT_RISK, current));
    return new Judgement(atRisk.isEmpty() ? OverloadState.HEALTHY : OverloadState.AT_RISK, atRisk);
  }

  /** What a threshold is multiplied by: once it was passed, less is enough to stay beyond it. */
  private double easeOf(OverloadState entered, OverloadState current) {
    return entered.isWorseThan(current) ? 1 : settings.releaseShare();
  }

  private List<String> brokenPromise(StreamLoad load, double ease) {
    String promise = Durations.format(Duration.ofMillis(load.promiseMillis()));
    if (load.waitSeconds() > load.promiseMillis() / 1e3 * ease) {
      return load.catchUpSeconds() <= settings.catchUpAllowance().toSeconds() * ease
          ? List.of()
          : List.of(
              "events wait for %s, %s is promised, and the lag is gone in %s"
                  .formatted(text(load.waitSeconds()), promise, text(load.catchUpSeconds())));
    }
    return load.secondsUntilStale() > settings.overloadHorizon().toSeconds() / ease
        ? List.of()
        : List.of(untilStale(load, promise));
  }

  /** Failing storage fails checkpoints too: that is no overload, and shedding would not help. */
  private List<String> failingCheckpoints(StreamLoad load, double ease) {
    boolean isLoaded =
        load.busyRatio() >= settings.busyAtRisk() * ease
            || load.backPressureRatio() >= settings.backPressureAtRisk() * ease;
    StreamLoad.Checkpoints checkpoints = load.checkpoints();
    if (isLoaded && checkpoints.recentlyFailed() >= settings.failedCheckpoints()) {
      return List.of("%d checkpoints failed under load".formatted(checkpoints.recentlyFailed()));
    }
    if (isLoaded && checkpoints.lastMillis() >= checkpoints.timeoutMillis() * NEAR_TIMEOUT * ease) {
      return List.of(
          "a checkpoint took %s of the %s that it may take"
              .formatted(
                  text(checkpoints.lastMillis() / 1e3), text(checkpoints.timeoutMillis() / 1e3)));
    }
    return List.of();
  }

  private List<String> risks(StreamLoad load, double ease) {
    List<String> risks = new ArrayList<>();
    String promise = Durations.format(Duration.ofMillis(load.promiseMillis()));
    if (load.busyRatio() >= settings.busyAtRisk() * ease) {
      risks.add("a subtask works %s of the time".formatted(percent(load.busyRatio())));
    }
    if (load.backPressureRatio() >= settings.backPressureAtRisk() * ease) {
      risks.add("a subtask is held up %s of the time".formatted(percent(load.backPressureRatio())));
    }
    if (load.waitSeconds() > load.promiseMillis() / 1e3 * NEAR_PROMISE * ease) {
      risks.add("events wait for %s, %s is promised".formatted(text(load.waitSeconds()), promise));
    } else if (load.secondsUntilStale() <= settings.riskHorizon().toSeconds() / ease) {
      risks.add(untilStale(load, promise));
    }
    StreamLoad.Checkpoints checkpoints = load.checkpoints();
    if (checkpoints.lastMillis() > checkpoints.intervalMillis() * ease) {
      risks.add(
          "a checkpoint took %s, one is due every %s"
              .formatted(
                  text(checkpoints.lastMillis() / 1e3), text(checkpoints.intervalMillis() / 1e3)));
    }
    if (checkpoints.recentlyFailed() >= settings.failedCheckpoints()) {
      risks.add("%d checkpoints failed".formatted(checkpoints.recentlyFailed()));
    }
    return risks;
  }

  private static String untilStale(StreamLoad load, String promise) {
    return "the promise of %s breaks in %s: %.0f more events wait every second"
        .formatted(promise, text(load.secondsUntilStale()), load.pendingTrend());
  }

  private static String percent(double ratio) {
    return "%.0f %%".formatted(ratio * 100);
  }

  private static String text(double seconds) {
    return Double.isInfinite(seconds) ? "no time" : String.format(Locale.ROOT, "%.1f s", seconds);
  }
}
