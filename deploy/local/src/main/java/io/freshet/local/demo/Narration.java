package io.freshet.local.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Tells the story of the demonstration, with the seconds since it began. */
final class Narration {
  private static final Duration REPORT = Duration.ofSeconds(5);
  private final PrintStream out;
  private final Instant begun = Instant.now();

  Narration(PrintStream out) {
    this.out = out;
  }

  void chapter(String title) {
    out.printf("%n== %s%n", title);
    out.flush();
  }

  void say(String what) {
    long millis = Duration.between(begun, Instant.now()).toMillis();
    out.printf("%6.1fs  %s%n", millis / 1000.0, what);
    out.flush();
  }

  /** A text that brings its own form, such as a table. */
  void show(String text) {
    out.println(text);
    out.flush();
  }

  /**
   * Waits until something is so; tells every few seconds how far it is.
   *
   * @throws DemoFailedException if it is not so within the deadline
   */
  void await(String what, Duration deadline, Supplier<String> progress, BooleanSupplier reached) {
    Instant started = Instant.now();
    Instant reported = started;
    while (!reached.getAsBoolean()) {
      Instant now = Instant.now();
      if (Duration.between(started, now).compareTo(deadline) > 0) {
        throw new DemoFailedException(
            "waited %d s in vain: %s; %s".formatted(deadline.toSeconds(), what, progress.get()));
      }
      if (Duration.between(reported, now).compareTo(REPORT) >= 0) {
        say("  … " + progress.get());
        reported = now;
      }
      pause(Duration.ofMillis(500));
    }
  }

  static void pause(Duration duration) {
    try {
      TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailedException("the demonstration was interrupted", e);
    }
  }
}
