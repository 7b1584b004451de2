package io.freshet.batch.run;

/**
 * Ends this process: in order at first, so that Spark gives its executors back, and then whatever
 * still goes on.
 */
final class ProcessEnding implements Supervision.Ending {
  /** {@code EX_TEMPFAIL}: try again. */
  static final int STATUS = 75;

  private static final long GRACE_MILLIS = 5_000;

  @Override
  public void end(String reason) {
    System.err.println("The run ends itself: " + reason);
    Thread last = new Thread(ProcessEnding::haltLater, "freshet-end");
    last.setDaemon(true);
    last.start();
    System.exit(STATUS);
  }

  private static void haltLater() {
    try {
      Thread.sleep(GRACE_MILLIS);
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(STATUS);
  }
}
