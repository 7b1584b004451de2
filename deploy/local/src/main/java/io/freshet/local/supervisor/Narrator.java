package io.freshet.local.supervisor;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Tells what the supervisor does, with the seconds since it began. */
final class Narrator {
  private final PrintStream out;
  private final Instant begun = Instant.now();

  Narrator(PrintStream out) {
    this.out = out;
  }

  void say(String what) {
    long millis = Duration.between(begun, Instant.now()).toMillis();
    out.printf("%6.1fs  %s%n", millis / 1000.0, what);
    out.flush();
  }

  void healthy(PlatformStatus.State service) {
    say(
        "%-14s serves%s (pid %d)"
            .formatted(
                service.name(),
                service.address().isEmpty() ? "" : " at " + service.address(),
                service.pid()));
  }
}
