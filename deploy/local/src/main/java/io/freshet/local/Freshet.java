package io.freshet.local;

import io.freshet.local.command.DemoCommand;
import io.freshet.local.command.DownCommand;
import io.freshet.local.command.LogsCommand;
import io.freshet.local.command.StatusCommand;
import io.freshet.local.command.SuperviseCommand;
import io.freshet.local.command.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./freshet}: the platform on this machine. */
@Command(
    name = "freshet",
    description = "Runs the Freshet platform on this machine, on loopback only.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      DemoCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      SuperviseCommand.class
    })
public final class Freshet {
  private Freshet() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Freshet()).execute(arguments));
  }
}
