package io.freshet.benchmark.lab;

import java.time.Duration;

/**
 * Which events are sent. They come in two parts: a history of seven days, which fills every window,
 * then the present, at a steady rate of event time.
 *
 * @param keys how many there are; an event's is drawn from Zipf's distribution with exponent 1
 * @param history how many events the seven days have
 * @param present how many events follow
 * @param eventsASecond of event time, in the present
 * @param endMillis the time of the last event
 */
public record Workload(
    long seed, int keys, int history, int present, int eventsASecond, long endMillis) {
  static final Duration HISTORY = Duration.ofDays(7);

  public int events() {
    return history + present;
  }

  /** When an event happens, but for the disorder. */
  long timeMillis(int event) {
    long presentMillis = present * 1_000L / eventsASecond;
    long presentStart = endMillis - presentMillis;
    return event < history
        ? presentStart - HISTORY.toMillis() + event * (HISTORY.toMillis() / history)
        : presentStart + (event - history) * 1_000L / eventsASecond;
  }
}
