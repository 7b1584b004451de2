package io.freshet.benchmark.lab;

import java.time.Duration;

/** Until when something is awaited. */
public final class Deadline {
  private static final long PAUSE_MILLIS = 20;

  private final long endNanos;

  private Deadline(long endNanos) {
    this.endNanos = endNanos;
  }

  public static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  public boolean hasPassed() {
    return System.nanoTime() - endNanos >= 0;
  }

  /** Lets a little time pass before the next look. */
  public void pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
  }
}
