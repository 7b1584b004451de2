package io.freshet.store.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what is sent on a connection whose server does not answer, so that a server that hangs
 * neither fills this process's memory nor keeps all its threads waiting. Over the bound one request
 * an interval is let through, to see whether the server answers again. Thread-safe.
 */
final class Backlog {
  private final int max;
  private final long probeNanos;
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong nextProbe = new AtomicLong(System.nanoTime());

  /**
   * @param max commands without an answer above which requests are refused
   * @param probeInterval between requests that are let through nevertheless
   */
  Backlog(int max, Duration probeInterval) {
    this.max = max;
    this.probeNanos = probeInterval.toNanos();
  }

  /** Whether a request may be sent now; if so, its commands count as unanswered. */
  boolean admits(int commands) {
    if (unanswered.get() > max && !probes()) {
      return false;
    }
    unanswered.addAndGet(commands);
    return true;
  }

  /** A request was answered, and with it all that was sent before it. */
  void answered() {
    unanswered.set(0);
  }

  private boolean probes() {
    long now = System.nanoTime();
    long due = nextProbe.get();
    return now - due >= 0 && nextProbe.compareAndSet(due, now + probeNanos);
  }
}
