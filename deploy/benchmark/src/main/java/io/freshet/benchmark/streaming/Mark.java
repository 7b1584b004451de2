package io.freshet.benchmark.streaming;

/**
 * How far a contender was, and when.
 *
 * @param events read
 * @param cpuNanos the processor time that its process has had
 */
public record Mark(long events, long cpuNanos, long atMillis) {
  String line() {
    return events + " " + cpuNanos + " " + atMillis;
  }

  static Mark ofLine(String line) {
    String[] parts = line.split(" ", -1);
    return new Mark(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
  }

  /** Processor microseconds an event, since an earlier mark. */
  public double cpuMicrosSince(Mark earlier) {
    return (cpuNanos - earlier.cpuNanos) / 1e3 / (events - earlier.events);
  }

  /** Events a second on the wall, since an earlier mark. */
  public double rateSince(Mark earlier) {
    return 1e3 * (events - earlier.events) / (atMillis - earlier.atMillis);
  }
}
