package io.freshet.local.command;

import io.freshet.local.platform.DataFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a process's log. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Prints the log of a process, or names the logs.")
public final class LogsCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROCESS",
      description = "For example control-plane, jobmanager, taskmanager, kafka, redis.")
  private @Nullable String process;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until Ctrl-C.")
  private boolean follow;

  @Mixin private final PlatformOptions options = new PlatformOptions();

  @Override
  public Integer call() throws Exception {
    DataFolder data = options.dataFolder();
    if (process == null || !Files.exists(data.log(process))) {
      System.out.println("Logs in " + data.logs() + ": " + String.join(", ", names(data)));
      return process == null ? 0 : 1;
    }
    PrintStream out = System.out;
    try (LogTail tail = new LogTail(data.log(process), out)) {
      tail.printNew();
      while (follow) {
        TimeUnit.MILLISECONDS.sleep(300);
        tail.printNew();
      }
    }
    return 0;
  }

  private static List<String> names(DataFolder data) throws IOException {
    if (!Files.isDirectory(data.logs())) {
      return List.of();
    }
    try (Stream<Path> logs = Files.list(data.logs())) {
      return logs.map(log -> log.getFileName().toString())
          .filter(name -> name.endsWith(".log"))
          .map(name -> name.substring(0, name.length() - ".log".length()))
          .sorted()
          .toList();
    }
  }
}
