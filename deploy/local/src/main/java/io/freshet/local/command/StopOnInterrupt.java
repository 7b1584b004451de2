package io.freshet.local.command;

import java.io.IOException;

/** Stops the platform when this command is interrupted, by Ctrl-C or otherwise. */
final class StopOnInterrupt {
  private final Thread hook;

  private StopOnInterrupt(Thread hook) {
    this.hook = hook;
  }

  static StopOnInterrupt of(PlatformRun run) {
    Thread hook = new Thread(() -> stop(run), "stop-on-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return new StopOnInterrupt(hook);
  }

  /** From now on the end of this command leaves the platform as it is. */
  void disarm() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The interrupt came first: the platform is being stopped.
      return;
    }
  }

  private static void stop(PlatformRun run) {
    try {
      run.stop();
    } catch (IOException e) {
      System.err.println("Cannot stop the platform: " + e.getMessage() + ", run ./freshet down");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
