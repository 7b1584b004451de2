package io.freshet.benchmark.lab;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a child process is brought to its end. */
public final class Ending {
  private Ending() {}

  /** Waits for the end, and kills the process if it does not come in time. */
  public static void await(Process process, Duration time) {
    try {
      if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly().onExit().join();
  }
}
