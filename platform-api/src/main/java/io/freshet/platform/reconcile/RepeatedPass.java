package io.freshet.platform.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does the same work again and again while the application runs, in a thread of its own. Starting
 * and stopping are thread-safe.
 */
public abstract class RepeatedPass implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(RepeatedPass.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Duration pause;
  private volatile @Nullable Thread thread;

  /**
   * @param pause between the end of a pass and the next one
   */
  protected RepeatedPass(String name, Duration pause) {
    this.name = name;
    this.pause = pause;
  }

  /** What is done; it may fail: that is logged, and the next pass comes. */
  protected abstract void pass();

  /** Begins with a pass at once. */
  @Override
  public final synchronized void start() {
    Thread started = new Thread(this::run, name);
    started.setDaemon(true);
    thread = started;
    started.start();
  }

  /** Interrupts a pass that runs, and returns when it has ended or has not done so for 10 s. */
  @Override
  public final synchronized void stop() {
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

  @Override
  public final boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      while (Thread.currentThread() == thread) {
        attempt();
        Thread.sleep(pause.toMillis());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    try {
      pass();
    } catch (RuntimeException failure) {
      if (Thread.currentThread() == thread) {
        log.warn("A pass of {} failed, the next one follows", name, failure);
      }
    }
  }
}
