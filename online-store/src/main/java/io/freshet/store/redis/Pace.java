package io.freshet.store.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets something be done once an interval. Thread-safe. */
final class Pace {
  private final long intervalNanos;
  private final AtomicLong next = new AtomicLong(System.nanoTime());

  Pace(Duration interval) {
    this.intervalNanos = interval.toNanos();
  }

  /** Whether it is to be done now: if so, not again within the interval. */
  boolean isDue() {
    long now = System.nanoTime();
    long due = next.get();
    return now - due >= 0 && next.compareAndSet(due, now + intervalNanos);
  }
}
