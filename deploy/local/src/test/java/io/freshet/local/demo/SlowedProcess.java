package io.freshet.local.demo;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets a process run for a part of each second only, by stopping and continuing it. */
final class SlowedProcess implements AutoCloseable {
  private static final long ROUND_MILLIS = 1_000;

  private final long pid;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "slow down");
  private volatile long runMillis = ROUND_MILLIS / 5;
  private volatile @Nullable Exception failure;

  SlowedProcess(ProcessHandle process) {
    this.pid = process.pid();
    thread.start();
  }

  /**
   * @param millis that it runs of each second
   */
  void runFor(long millis) {
    runMillis = Math.max(1, Math.min(ROUND_MILLIS, millis));
  }

  /**
   * Lets it run on as ever.
   *
   * @throws IllegalStateException if it could not be slowed down
   */
  @Override
  public void close() {
    ended.countDown();
    try {
      thread.join();
      signal("CONT"); // Also if the thread has failed in between.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      failure = e;
    }
    if (failure != null) {
      throw new IllegalStateException("Cannot slow down process " + pid, failure);
    }
  }

  private void run() {
    try {
      do {
        signal("STOP");
        var unused = ended.await(ROUND_MILLIS - runMillis, TimeUnit.MILLISECONDS);
        signal("CONT");
      } while (!ended.await(runMillis, TimeUnit.MILLISECONDS));
    } catch (IOException | InterruptedException e) {
      failure = e;
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (exit != 0) {
      throw new IOException("kill -" + name + " ended with " + exit);
    }
  }
}
