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
  private final AtomicLong unanswered = new AtomicLong();
  private final Pace probes;

  /**
   * @param max commands without an answer above which requests are refused
   * @param probeInterval between requests that are let through nevertheless
   */
  Backlog(int max, Duration probeInterval) {
    this.max = max;
    this.probes = new Pace(probeInterval);
  }

  /** Whether a request may be sent now; if so, its commands count as unanswered. */
  boolean admits(int commands) {
    if (unanswered.get() > max && !probes.isDue()) {
      return false;
    }
    unanswered.addAndGet(commands);
    return true;
  }

  /** A request was answered, and with it all that was sent before it. */
  void answered() {
    unanswered.set(0);
  }
}
