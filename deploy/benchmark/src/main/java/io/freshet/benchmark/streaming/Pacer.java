package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.LiveEvents;
import io.freshet.benchmark.lab.Topics;

/** Sends events at a steady rate, in a thread of its own, until it is closed. */
final class Pacer implements AutoCloseable {
  private static final long TURN_MILLIS = 5;
  private static final double NANOS = 1e9;

  private final Topics topics;
  private final LiveEvents events;
  private final double rate;
  private final Thread thread = new Thread(this::run, "pacer");
  private volatile boolean closed;
  private volatile long sent;
  private volatile long begunNanos;

  /**
   * @param rate events a second
   */
  Pacer(Topics topics, LiveEvents events, double rate) {
    this.topics = topics;
    this.events = events;
    this.rate = rate;
    thread.setDaemon(true);
  }

  void begin() {
    begunNanos = System.nanoTime();
    thread.start();
  }

  /** How many events were sent: fewer than were asked for where the machine is short. */
  long sent() {
    return sent;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private double secondsSinceBegin() {
    return (System.nanoTime() - begunNanos) / NANOS;
  }

  private void run() {
    long count = 0;
    while (!closed) {
      long due = (long) (secondsSinceBegin() * rate);
      for (; count < due; count++) {
        var unused = topics.send(events.next());
      }
      sent = count;
      try {
        Thread.sleep(TURN_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
