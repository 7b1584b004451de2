package io.freshet.platform.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the same work again and again, in a thread of its own. Thread-safe. */
public final class RepeatedPass {
  private static final Logger log = LoggerFactory.getLogger(RepeatedPass.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Duration pause;
  private final Runnable work;
  private volatile @Nullable Thread thread;

  /**
   * @param pause between the end of a pass and the next one
   * @param work may fail: that is logged, and the next pass comes
   */
  public RepeatedPass(String name, Duration pause, Runnable work) {
    this.name = name;
    this.pause = pause;
    this.work = work;
  }

  /** Begins with a pass at once. */
  public synchronized void start() {
    Thread started = new Thread(this::run, name);
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  /** Interrupts a pass that runs, and returns when it has ended or has not done so for 10 s. */
  public synchronized void stop() {
    Thread running = thread;
    thread = null;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      while (Thread.currentThread() == thread) {
        pass();
        Thread.sleep(pause.toMillis());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass() {
    try {
      work.run();
    } catch (RuntimeException failure) {
      if (Thread.currentThread() == thread) {
        log.warn("A pass of {} failed, the next one follows", name, failure);
      }
    }
  }
}
