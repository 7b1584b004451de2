package io.freshet.local.command;

import io.freshet.local.supervisor.PlatformStatus;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells how the platform stands; exit status 1 if it is not up. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Tells how the platform stands; exit status 1 if it is not up.")
public final class StatusCommand implements Callable<Integer> {
  @Mixin private final PlatformOptions options = new PlatformOptions();

  @Override
  public Integer call() {
    Optional<PlatformStatus> status = PlatformStatus.ofRunning(options.dataFolder());
    if (status.isEmpty()) {
      System.out.println("Freshet is not running: start it with ./freshet up");
      return 1;
    }
    System.out.print(StatusReport.of(status.get()));
    return status.get().phase() == PlatformStatus.Phase.UP ? 0 : 1;
  }
}
