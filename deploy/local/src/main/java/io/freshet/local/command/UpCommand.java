package io.freshet.local.command;

import io.freshet.local.supervisor.PlatformStatus;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the platform; Ctrl-C stops it. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Starts the platform and stays until Ctrl-C or ./freshet down stops it.")
public final class UpCommand implements Callable<Integer> {
  @Option(
      names = {"-d", "--detach"},
      description = "Return once the platform is up; ./freshet down stops it.")
  private boolean detach;

  @Mixin private final StartOptions options = new StartOptions();

  @Override
  public Integer call() throws Exception {
    PlatformRun run = new PlatformRun(options, System.out);
    Optional<PlatformStatus> running = run.running();
    if (running.isPresent()) {
      System.out.println(
          "Freshet is already running at %s (supervisor %d): see ./freshet status, stop it with ./freshet down"
              .formatted(running.get().api(), running.get().supervisor().pid()));
      return 0;
    }
    StopOnInterrupt onInterrupt = StopOnInterrupt.of(run);
    if (!run.start()) {
      onInterrupt.disarm();
      return 1;
    }
    PlatformStatus status = run.running().orElseThrow();
    System.out.print(StatusReport.of(status));
    if (detach) {
      System.out.println("Stop it with ./freshet down");
      onInterrupt.disarm();
      return 0;
    }
    System.out.println("Press Ctrl-C to stop it");
    run.follow(status);
    onInterrupt.disarm();
    return 0;
  }
}
