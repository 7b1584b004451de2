package io.freshet.batch.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run that nobody supervises any more, so that another attempt of it can begin: the control
 * plane says on the standard input of the driver, line by line, until when it may go on, in
 * milliseconds since the epoch. The run ends when that time has passed and no later one was said,
 * and when the input ends, as it does with the process at its other end. A run that was started by
 * hand has no supervisor.
 */
public final class Supervision {
  private static final String SUPERVISED = "freshet.run.supervised";
  private static final long LOOK_MILLIS = 200;

  private final BufferedReader lines;
  private final LongSupplier clock;
  private final Ending ending;
  private volatile long mayGoOnUntil;

  /** Ends the run. It is not sure to happen at once, and is called more than once. */
  interface Ending {
    /**
     * @param reason for the log
     */
    void end(String reason);
  }

  /**
   * @param clock of milliseconds since the epoch
   */
  Supervision(InputStream input, LongSupplier clock, Ending ending) {
    this.lines = new BufferedReader(new InputStreamReader(input, US_ASCII));
    this.clock = clock;
    this.ending = ending;
  }

  /**
   * Returns as soon as the run may begin, at once if it is not supervised.
   *
   * @throws FreshetException if whoever started it has gone or is too late
   */
  public static void begin() {
    if (Boolean.getBoolean(SUPERVISED)) {
      new Supervision(System.in, System::currentTimeMillis, new ProcessEnding()).start();
    }
  }

  /** Waits for the first line, and listens from then on. */
  void start() {
    if (!hear() || isOver()) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE,
          "Cannot begin the run: the control plane that started it has gone or waits no more, another attempt follows");
    }
    daemon("freshet-heartbeats", this::listen);
    daemon("freshet-watchdog", this::watch);
  }

  private void listen() {
    boolean heard = true;
    while (heard) {
      heard = hear();
    }
    ending.end("the control plane that supervised it has gone");
  }

  /** False if the input has ended. A line that is no time is passed over. */
  private boolean hear() {
    String line = line();
    if (line == null) {
      return false;
    }
    try {
      mayGoOnUntil = Long.parseLong(line.strip());
    } catch (NumberFormatException noTime) {
      System.err.println("Not a heartbeat: " + line);
    }
    return true;
  }

  private @Nullable String line() {
    try {
      return lines.readLine();
    } catch (IOException broken) {
      return null;
    }
  }

  private void watch() {
    try {
      while (!isOver()) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
    ending.end("no heartbeat of its control plane has come in time");
  }

  private boolean isOver() {
    return clock.getAsLong() > mayGoOnUntil;
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
