package io.freshet.batch;

import io.freshet.batch.DriverKillIT.Point;
import io.freshet.plan.ViewPlan;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Sees from outside how far a run of one view has come. */
final class RunProbe implements AutoCloseable {
  private static final long SOME_ROWS = 120_000;

  private final Scenario scenario;
  private final ViewPlan view;
  private final List<List<String>> keys;
  private final Instant tick;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> redis;
  private final long archived;
  private final long tiles;
  private final long tileFiles;
  private final long logged;

  /**
   * @param keys those that the run will serve
   */
  RunProbe(
      BatchServers servers, Scenario scenario, ViewPlan view, List<List<String>> keys, Instant tick)
      throws IOException {
    this.scenario = scenario;
    this.view = view;
    this.keys = List.copyOf(keys);
    this.tick = tick;
    this.client = RedisClient.create(servers.redis().uri());
    this.redis = client.connect();
    this.archived = commits(scenario.warehouse().archive());
    this.tiles = commits(tiles());
    this.tileFiles = dataFiles(tiles());
    this.logged = commits(log());
  }

  boolean isAt(Point point) throws IOException {
    return switch (point) {
      case AFTER_ARCHIVE ->
          commits(scenario.warehouse().archive()) > archived && dataFiles(tiles()) == tileFiles;
      case MID_TILES -> dataFiles(tiles()) > tileFiles && commits(tiles()) == tiles;
      case AFTER_TILES -> commits(tiles()) > tiles && served() == 0;
      case MID_UPSERT -> served() > 0 && served() < keys.size();
      case AFTER_UPSERT -> served() == keys.size() && commits(log()) == logged;
    };
  }

  /** Has the online store refuse rows: all of them, or those after the first. */
  void holdStore(Point point) {
    RedisCommands<String, String> commands = redis.sync();
    commands.configSet("maxmemory-policy", "noeviction");
    commands.configSet(
        "maxmemory",
        Long.toString(point == Point.MID_UPSERT ? usedMemory(commands) + SOME_ROWS : 1));
  }

  void releaseStore() {
    redis.sync().configSet("maxmemory", "0");
  }

  @Override
  public void close() {
    releaseStore();
    redis.close();
    client.shutdown();
  }

  private static long usedMemory(RedisCommands<String, String> commands) {
    return commands
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  private long served() {
    return scenario.stored(view, keys).values().stream()
        .filter(row -> row.version().asOfMillis() == tick.toEpochMilli())
        .count();
  }

  private String tiles() {
    return scenario.warehouse().tiles(view.number());
  }

  private String log() {
    return scenario.warehouse().featureLog(view.number());
  }

  private static long commits(String table) throws IOException {
    return count(Path.of(table, "_delta_log"), ".json");
  }

  private static long dataFiles(String table) throws IOException {
    return count(Path.of(table), ".parquet");
  }

  private static long count(Path folder, String suffix) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(suffix) && !file.contains("_temporary"))
          .filter(file -> suffix.equals(".json") || !file.contains("_delta_log"))
          .count();
    } catch (UncheckedIOException vanished) {
      return count(folder, suffix);
    }
  }
}
