package io.freshet.benchmark.lab;

import io.freshet.servers.KafkaBrokerCommand;
import io.freshet.servers.KafkaBrokerMain;
import io.freshet.servers.KafkaBrokerSettings;
import io.freshet.servers.RedisExecutable;
import io.freshet.store.redis.RedisOnlineStore;
import io.freshet.store.redis.RedisSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** A Kafka broker and a Redis server of a benchmark's own, with a folder that goes with them. */
public final class Servers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int BROKER_HEAP_MEGABYTES = 512;

  private final Path folder;
  private final KafkaBrokerSettings kafka;
  private final ServerProcess broker;
  private int redisStarts;
  private io.freshet.servers.RedisSettings redis;
  private ServerProcess redisServer;

  private Servers(Path folder, Path brokerBuild) throws IOException, InterruptedException {
    this.folder = folder;
    this.kafka = new KafkaBrokerSettings(freePort(), freePort(), folder.resolve("kafka"));
    this.broker =
        ServerProcess.start(
            new KafkaBrokerCommand(brokerBuild, BROKER_HEAP_MEGABYTES).of(kafka),
            folder.resolve("kafka.log"),
            KafkaBrokerMain.READY);
    this.redis = new io.freshet.servers.RedisSettings(freePort(), folder.resolve("redis"));
    this.redisServer = startRedis();
  }

  /**
   * @param brokerBuild where deploy/servers was built into
   */
  public static Servers start(Path brokerBuild) throws IOException, InterruptedException {
    return new Servers(Files.createTempDirectory("freshet-benchmark-"), brokerBuild);
  }

  /** The broker's address. */
  public String kafka() {
    return kafka.bootstrapServers();
  }

  /** The online store's address. */
  public String redis() {
    return redis.uri();
  }

  /** The online store, with patience: its reader shares the machine with what it checks. */
  public RedisOnlineStore openStore() {
    RedisSettings usual = RedisSettings.DEFAULTS;
    return RedisOnlineStore.open(
        redis(),
        new RedisSettings(
            PATIENCE,
            PATIENCE,
            PATIENCE,
            usual.maxReconnectDelay(),
            usual.keysPerCall(),
            usual.rowsPerCall(),
            usual.maxUnansweredReads()));
  }

  /** The processor time that Redis has had since it was last emptied. */
  public Duration redisTime() {
    return ProcessTime.of(redisServer.pid());
  }

  /** Puts a new and empty Redis in the place of the old. */
  public void emptyRedis() throws IOException, InterruptedException {
    redisServer.close();
    redis =
        new io.freshet.servers.RedisSettings(freePort(), folder.resolve("redis-" + ++redisStarts));
    redisServer = startRedis();
  }

  /** A folder for what the benchmark writes; deleted in the end. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    redisServer.close();
    broker.close();
    delete(folder);
  }

  /** Deletes a folder with all that is in it. */
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private ServerProcess startRedis() throws IOException, InterruptedException {
    Files.createDirectories(redis.dataDirectory());
    return ServerProcess.start(
        redis.command(RedisExecutable.unpackedInto(folder)),
        folder.resolve("redis.log"),
        "Ready to accept connections");
  }

  /** A port of 127.0.0.1 that nobody listens on. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
