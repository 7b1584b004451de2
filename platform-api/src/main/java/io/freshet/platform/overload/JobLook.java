package io.freshet.platform.overload;

import java.util.Map;

/**
 * What a look at a streaming job saw.
 *
 * @param shedEvents how many events of each view it dropped since its start, by view name
 */
record JobLook(
    double busyRatio,
    double backPressureRatio,
    double pendingEvents,
    double eventsPerSecond,
    long lastCheckpointMillis,
    long failedCheckpoints,
    Map<String, Long> shedEvents) {
  JobLook {
    shedEvents = Map.copyOf(shedEvents);
  }
}
