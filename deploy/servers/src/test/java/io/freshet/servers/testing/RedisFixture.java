package io.freshet.servers.testing;

import io.freshet.servers.RedisExecutable;
import io.freshet.servers.RedisSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A real Redis server for tests: in a container where a Docker daemon has the image, else the
 * redis-server of the build's dependencies. It prints which it is. Not thread-safe.
 */
public final class RedisFixture implements AutoCloseable {
  private static final String IMAGE =
      System.getenv().getOrDefault("FRESHET_TEST_REDIS_IMAGE", "redis:7.4");

  private final Supplier<TestServer> withoutData;
  private final String uri;
  private TestServer server;

  private RedisFixture(Supplier<TestServer> withoutData, int port) {
    this.withoutData = withoutData;
    this.uri = "redis://127.0.0.1:" + port;
    this.server = withoutData.get();
  }

  /** Starts an empty server; returns once it serves. */
  public static RedisFixture start() {
    Optional<String> fault = new DockerCheck().faultOf(IMAGE);
    System.out.println(
        "Redis for tests: "
            + fault.map(why -> "embedded (" + why + ")").orElse("container " + IMAGE));
    int port = FreePorts.find(1)[0];
    RedisFixture fixture =
        new RedisFixture(
            fault.isPresent() ? () -> embedded(port) : () -> ServerContainers.redis(IMAGE, port),
            port);
    fixture.server.start();
    return fixture;
  }

  /** The address, as {@code redis://127.0.0.1:port}. */
  public String uri() {
    return uri;
  }

  /** Ends the server in an orderly way; {@link #restart} brings it back with its data. */
  public void stop() {
    server.stop();
  }

  /** Ends the server as {@code kill -9} does; at most a second of writes is lost. */
  public void kill() {
    server.kill();
  }

  /** Starts a server that was stopped or killed, on the same port and data. */
  public void restart() {
    server.start();
  }

  /** Starts a server on the port of one that was stopped or killed, whose data are gone. */
  public void restartEmpty() {
    server.close();
    server = withoutData.get();
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }

  private static TestServer embedded(int port) {
    try {
      Path directory = Files.createTempDirectory("freshet-redis-");
      RedisSettings settings = new RedisSettings(port, directory);
      Path executable = RedisExecutable.unpackedInto(directory);
      return new ServerProcess(
          settings.command(executable), directory, "Ready to accept connections");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
