package io.freshet.streaming.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something a number of times at a steady rate; one that is late is made good at once. */
record SteadyRate(int times, Duration every) {
  private static final long SLOWEST = 10;

  /** What is done. */
  interface Action {
    /**
     * @param turn from 0
     */
    void run(int turn) throws Exception;
  }

  /** Returns when all is done, or fails with the first failure. */
  void run(Action action) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    try {
      var unused =
          thread.scheduleAtFixedRate(
              new Turns(times, action, done), 0, every.toMillis(), TimeUnit.MILLISECONDS);
      done.get(every.multipliedBy(times * SLOWEST).toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  /** One turn after the other. For one thread. */
  private static final class Turns implements Runnable {
    private final int times;
    private final Action action;
    private final CompletableFuture<Void> done;
    private int turn;

    Turns(int times, Action action, CompletableFuture<Void> done) {
      this.times = times;
      this.action = action;
      this.done = done;
    }

    @Override
    public void run() {
      if (done.isDone()) {
        return;
      }
      try {
        action.run(turn);
        turn++;
        if (turn == times) {
          done.complete(null);
        }
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    }
  }
}
