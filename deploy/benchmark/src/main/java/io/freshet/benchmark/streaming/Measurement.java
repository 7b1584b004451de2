package io.freshet.benchmark.streaming;

/**
 * What one run of a contender has shown.
 *
 * @param cpuMicros of its process, an event
 * @param rate events a second on the wall
 * @param redisMicros processor time of Redis an event, over the whole run
 * @param checked how many values were right
 */
public record Measurement(double cpuMicros, double rate, double redisMicros, int checked) {
  /** Events a second that one core would take. */
  double perCore() {
    return 1e6 / cpuMicros;
  }
}
