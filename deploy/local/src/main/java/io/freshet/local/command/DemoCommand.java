package io.freshet.local.command;

import io.freshet.local.demo.Demonstration;
import io.freshet.local.demo.Demonstration.Pace;
import io.freshet.local.supervisor.PlatformStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the main job on real flights and compares every served value. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the main job on real flights: registers views, streams, materializes, looks up, and",
      "compares what was served with what the events say. Exit status 0 if every value is equal."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(names = "--keep", description = "Leave the platform up for a look around.")
  private boolean keep;

  @Option(
      names = "--speed",
      paramLabel = "TIMES",
      defaultValue = "240",
      description =
          "How many times faster than they happened departures are replayed: ${DEFAULT-VALUE}")
  private double speed;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long departures are replayed: ${DEFAULT-VALUE}")
  private int seconds;

  @Mixin private final StartOptions options = new StartOptions();

  @Override
  public Integer call() throws Exception {
    PlatformRun run = new PlatformRun(options, System.out);
    Optional<PlatformStatus> before = run.running();
    if (before.isPresent()) {
      System.out.println("Using the platform that runs at " + before.get().api());
      return demonstrate(before.get());
    }
    StopOnInterrupt onInterrupt = StopOnInterrupt.of(run);
    if (!run.start()) {
      onInterrupt.disarm();
      return 1;
    }
    PlatformStatus status = run.running().orElseThrow();
    int exit = demonstrate(status);
    if (keep) {
      System.out.print(StatusReport.of(status));
      System.out.println("The platform stays up: stop it with ./freshet down");
    } else {
      run.stop();
    }
    onInterrupt.disarm();
    return exit;
  }

  private int demonstrate(PlatformStatus status) {
    Pace pace = new Pace(speed, Duration.ofSeconds(seconds));
    return new Demonstration(status.api(), pace, System.out).run() ? 0 : 1;
  }
}
