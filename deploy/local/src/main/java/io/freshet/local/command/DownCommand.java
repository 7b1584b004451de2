package io.freshet.local.command;

import io.freshet.local.supervisor.LeftOvers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the platform. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the platform; its data stays.")
public final class DownCommand implements Callable<Integer> {
  @Mixin private final StartOptions options = new StartOptions();

  @Override
  public Integer call() throws Exception {
    PlatformRun run = new PlatformRun(options, System.out);
    if (run.running().isEmpty() && LeftOvers.of(options.platform.dataFolder()).isEmpty()) {
      System.out.println("Freshet is not running");
      return 0;
    }
    run.stop();
    return 0;
  }
}
