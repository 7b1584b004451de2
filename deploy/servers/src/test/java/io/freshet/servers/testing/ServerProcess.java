package io.freshet.servers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server as a child process; it ends with this JVM at the latest. */
final class ServerProcess implements TestServer {
  private static final Duration START_DEADLINE = Duration.ofSeconds(90);
  private final List<String> command;
  private final Path directory;
  private final String readyText;
  private final Thread endWithThisJvm = new Thread(this::kill, "end-server");
  private @Nullable Process process;

  /**
   * @param directory holds all its data; deleted in the end
   * @param readyText what its output says once it serves
   */
  ServerProcess(List<String> command, Path directory, String readyText) {
    this.command = List.copyOf(command);
    this.directory = directory;
    this.readyText = readyText;
    Runtime.getRuntime().addShutdownHook(endWithThisJvm);
  }

  @Override
  public void start() {
    if (process != null && process.isAlive()) {
      return;
    }
    Path output = directory.resolve("output.log");
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process = started;
      Awaitility.await("start of " + command.get(0))
          .atMost(START_DEADLINE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> Files.readString(output).contains(readyText) || !started.isAlive());
      if (!started.isAlive()) {
        throw new IllegalStateException(
            "Cannot start the server: " + command + " said\n" + Files.readString(output));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (process != null) {
      process.destroy();
      awaitEnd(process);
    }
  }

  @Override
  public void kill() {
    if (process != null) {
      process.destroyForcibly();
      awaitEnd(process);
    }
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Cannot end process " + process.pid() + " within 60 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server ended", e);
    }
  }
}
