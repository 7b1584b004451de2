package io.freshet.store.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server 6.2 on a free port of loopback, without persistence. Not thread-safe. */
public final class RedisFixture implements AutoCloseable {
  private final int port;
  private final String executable;
  private Process process;

  private RedisFixture(int port, String executable) throws IOException {
    this.port = port;
    this.executable = executable;
    this.process = launch();
  }

  /** Starts an empty server; returns once it serves. */
  public static RedisFixture start() {
    try {
      return new RedisFixture(
          freePort(), ExecutableProvider.newJarResourceProvider().get().getAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address, as {@code redis://127.0.0.1:port}. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Ends the server in an orderly way. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** Ends the server as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Starts a server that was stopped or killed, on the same port. */
  public void restart() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() throws IOException {
    List<String> command =
        List.of(
            executable,
            "--port",
            "" + port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--daemonize",
            "no");
    Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
    // A test that fails before it closes the fixture leaves no server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    List<String> log = new ArrayList<>();
    BufferedReader output = started.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      log.add(line);
      if (line.contains("Ready to accept connections")) {
        drain(output);
        return started;
      }
    }
    throw new IllegalStateException("Cannot start redis-server: " + String.join("\n", log));
  }

  /** Nobody reads the log, but a full pipe would stop the server. */
  private static void drain(BufferedReader output) {
    Thread drain = new Thread(() -> output.lines().forEach(line -> {}), "redis-log");
    drain.setDaemon(true);
    drain.start();
  }
}
