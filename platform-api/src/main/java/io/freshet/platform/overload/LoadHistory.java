package io.freshet.platform.overload;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What looks at one attempt of a streaming job saw lately. For one thread. */
final class LoadHistory {
  private static final int FEWEST_SAMPLES = 3;

  private final String jobId;
  private final Duration window;
  private final Instant begun;
  private final Deque<Sample> samples = new ArrayDeque<>();

  LoadHistory(String jobId, Duration window, Instant now) {
    this.jobId = jobId;
    this.window = window;
    this.begun = now;
  }

  private record Sample(Instant at, double pending, long failedCheckpoints) {}

  boolean isOf(String otherJobId) {
    return jobId.equals(otherJobId);
  }

  boolean isOlderThan(Duration age, Instant now) {
    return !now.isBefore(begun.plus(age));
  }

  void add(Instant at, double pending, long failedCheckpoints) {
    samples.addLast(new Sample(at, pending, failedCheckpoints));
    while (samples.getFirst().at().isBefore(at.minus(window))) {
      samples.removeFirst();
    }
  }

  /** How many more events wait every second, by least squares; 0 from fewer than three looks. */
  double pendingTrend() {
    if (samples.size() < FEWEST_SAMPLES) {
      return 0;
    }
    double meanTime = samples.stream().mapToDouble(this::secondsOf).average().orElse(0);
    double meanPending = samples.stream().mapToDouble(Sample::pending).average().orElse(0);
    double together = 0;
    double spread = 0;
    for (Sample sample : samples) {
      double time = secondsOf(sample) - meanTime;
      together += time * (sample.pending() - meanPending);
      spread += time * time;
    }
    return spread == 0 ? 0 : together / spread;
  }

  /** How many checkpoints failed within the window. */
  long failedCheckpoints() {
    return samples.isEmpty()
        ? 0
        : Math.max(
            0, samples.getLast().failedCheckpoints() - samples.getFirst().failedCheckpoints());
  }

  private double secondsOf(Sample sample) {
    return Duration.between(begun, sample.at()).toMillis() / 1e3;
  }
}
