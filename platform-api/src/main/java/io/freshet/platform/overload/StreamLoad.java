package io.freshet.platform.overload;

/**
 * What a streaming job carries.
 *
 * @param busyRatio the share of time that its busiest subtask works, 0 to 1
 * @param backPressureRatio the share of time that a subtask of it is held up by the next, 0 to 1
 * @param pendingEvents that it has not read yet
 * @param pendingTrend how many more of them there are every second
 * @param eventsPerSecond that it reads
 * @param promiseMillis the tightest staleness that its views promise
 */
record StreamLoad(
    double busyRatio,
    double backPressureRatio,
    double pendingEvents,
    double pendingTrend,
    double eventsPerSecond,
    Checkpoints checkpoints,
    long promiseMillis) {
  /**
   * How its checkpoints go.
   *
   * @param lastMillis how long the newest took, or 0 if there was none
   * @param recentlyFailed how many failed within the window of the trend
   */
  record Checkpoints(
      long lastMillis, long intervalMillis, long timeoutMillis, long recentlyFailed) {}

  /** How long an event waits that comes now; infinite if none is read. */
  double waitSeconds() {
    return pendingEvents <= 0 ? 0 : pendingEvents / Math.max(0, eventsPerSecond);
  }

  /** How long until an event waits for longer than is promised; infinite if that never comes. */
  double secondsUntilStale() {
    double allowed = promiseMillis / 1e3 * eventsPerSecond;
    if (pendingEvents > allowed) {
      return 0;
    }
    return pendingTrend <= 0 ? Double.POSITIVE_INFINITY : (allowed - pendingEvents) / pendingTrend;
  }

  /** How long until nothing waits any more; infinite if it becomes no less. */
  double catchUpSeconds() {
    if (pendingEvents <= 0) {
      return 0;
    }
    return pendingTrend >= 0 ? Double.POSITIVE_INFINITY : pendingEvents / -pendingTrend;
  }
}
