package io.freshet.benchmark.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process of this machine; it ends with this JVM at the latest. */
final class ServerProcess implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);
  private static final Duration END_DEADLINE = Duration.ofSeconds(20);

  private final Process process;
  private final Thread endWithThisJvm;

  private ServerProcess(Process process) {
    this.process = process;
    this.endWithThisJvm = new Thread(process::destroyForcibly, "end-server");
    Runtime.getRuntime().addShutdownHook(endWithThisJvm);
  }

  /** Starts it and returns once its output, which goes to a file, has a text. */
  static ServerProcess start(List<String> command, Path output, String readyText)
      throws IOException, InterruptedException {
    ServerProcess server =
        new ServerProcess(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
    Deadline deadline = Deadline.after(START_DEADLINE);
    while (!Files.readString(output).contains(readyText)) {
      if (!server.process.isAlive() || deadline.hasPassed()) {
        server.close();
        throw new IOException(
            "Cannot start " + command.get(0) + ": it said\n" + Files.readString(output));
      }
      deadline.pause();
    }
    return server;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    Ending.await(process, END_DEADLINE);
    Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
  }
}
