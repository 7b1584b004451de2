package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.servers.RedisExecutable;
import io.freshet.servers.testing.FreePorts;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A redis-server of its own process that keeps nothing on disk: killed, it comes back empty. */
final class RedisProcess implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);

  private final int port = FreePorts.find(1)[0];
  private final Path folder;
  private Process process;

  private RedisProcess(Path folder) throws IOException {
    this.folder = folder;
    this.process = launch();
  }

  static RedisProcess start() throws IOException {
    RedisProcess redis = new RedisProcess(Files.createTempDirectory("freshet-faults-redis-"));
    redis.awaitReady();
    return redis;
  }

  int port() {
    return port;
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts a server that was killed, on the same port, without any data. */
  void restartEmpty() throws IOException {
    process = launch();
    awaitReady();
  }

  /** Lets the server hang, its connections open, until {@link #thaw}. */
  void freeze() throws Exception {
    signal("STOP");
  }

  void thaw() throws Exception {
    signal("CONT");
  }

  /** Runs commands on a connection of their own. */
  <T> T ask(Function<RedisCommands<String, String>, T> commands) {
    try (RedisClient client = RedisClient.create(uri());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      return commands.apply(connection.sync());
    }
  }

  /** How many commands the server has answered with an error. */
  long refusals() {
    return number("stats", "total_error_replies:");
  }

  long usedMemory() {
    return number("memory", "used_memory:");
  }

  @Override
  public void close() throws IOException {
    kill();
    Files.deleteIfExists(folder.resolve("redis.log"));
    Files.deleteIfExists(folder.resolve("redis-server"));
    Files.deleteIfExists(folder);
  }

  private long number(String section, String prefix) {
    return ask(commands -> commands.info(section))
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToLong(line -> Long.parseLong(line.substring(prefix.length()).strip()))
        .sum();
  }

  private Process launch() throws IOException {
    List<String> command =
        List.of(
            RedisExecutable.unpackedInto(folder).toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--appendonly",
            "no",
            "--repl-diskless-sync",
            "yes",
            "--repl-diskless-sync-delay",
            "0",
            "--repl-diskless-load",
            "swapdb");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("redis.log").toFile())
        .start();
  }

  private void awaitReady() {
    await("start of redis-server")
        .atMost(START_DEADLINE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> "PONG".equals(ask(RedisCommands::ping)));
  }

  private void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).as("kill -%s", name).isZero();
  }
}
