package io.freshet.batch;

import static java.util.Objects.requireNonNull;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.Flights.Flight;
import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.store.ViewProgress;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows into the online store as the streaming engine would, and damages rows of any engine.
 *
 * @param complete what the stream is complete through
 */
record StreamedRows(BatchServers servers, Instant complete) {
  /** Writes the rows that the streaming engine would when it has counted these events. */
  void serve(ViewPlan view, List<Flight> flights) {
    ViewAggregator aggregator = ViewAggregator.of(view.view());
    List<Upsert> rows = new ArrayList<>();
    flights.stream()
        .collect(Collectors.groupingBy(StreamedRows::route))
        .forEach((route, own) -> rows.add(row(view, aggregator, route, own, complete)));
    servers.store().upsert(rows).toCompletableFuture().join();
    ViewProgress progress =
        new ViewProgress(
            view.view().project(), view.number(), view.epoch(), complete.toEpochMilli());
    servers.store().advance(List.of(progress)).toCompletableFuture().join();
  }

  private static List<String> route(Flight flight) {
    return List.of(flight.origin(), flight.destination());
  }

  /** As of the newest event, or of the newest time until which a tile has left a window. */
  private static Upsert row(
      ViewPlan view,
      ViewAggregator aggregator,
      List<String> key,
      List<Flight> events,
      Instant decayedUntil) {
    KeyTiles tiles = aggregator.empty();
    for (Flight flight : events) {
      aggregator.add(
          tiles,
          flight.at().toEpochMilli(),
          new @Nullable Object[] {flight.delay(), flight.distance()});
    }
    long asOf = tiles.newestEventMillis() + 1;
    for (long next = aggregator.nextChangeAfter(tiles, asOf);
        next <= decayedUntil.toEpochMilli();
        next = aggregator.nextChangeAfter(tiles, asOf)) {
      asOf = next;
    }
    @Nullable Object[] features = aggregator.valuesAsOf(tiles, asOf);
    @Nullable Object[] row = new @Nullable Object[features.length + 1];
    row[0] = Instant.ofEpochMilli(tiles.newestEventMillis());
    System.arraycopy(features, 0, row, 1, features.length);
    return new Upsert(
        entity(view, key),
        view.number(),
        new Version(view.epoch(), asOf, (int) tiles.events()),
        new RowCodec(view.view().rowTypes()).encode(row),
        view.view().ttlMillis());
  }

  /**
   * Puts in place of a row the one before its newest event, of a key that has two events within the
   * hours that the row can be computed again for.
   *
   * @return the key
   */
  List<String> forgetNewest(ViewPlan view, List<Flight> flights) {
    Instant from = complete.minus(Duration.ofHours(5));
    List<String> damaged = List.of("BOS", "DEN", "ATL", "JFK");
    Map.Entry<List<String>, List<Flight>> chosen =
        flights.stream()
            .filter(flight -> !damaged.contains(flight.origin()))
            .filter(flight -> flight.at().isBefore(complete))
            .sorted(Comparator.comparing(Flight::at))
            .collect(Collectors.groupingBy(StreamedRows::route))
            .entrySet()
            .stream()
            .filter(
                route ->
                    route.getValue().size() > 2
                        && route.getValue().get(route.getValue().size() - 2).at().isAfter(from))
            .findFirst()
            .orElseThrow();
    List<Flight> before = chosen.getValue().subList(0, chosen.getValue().size() - 1);
    Upsert row = row(view, ViewAggregator.of(view.view()), chosen.getKey(), before, Instant.EPOCH);
    put(view, chosen.getKey(), row.version(), row.row());
    return chosen.getKey();
  }

  private static EntityRef entity(ViewPlan view, List<String> key) {
    return new EntityRef(
        view.view().project(),
        view.view().entity(),
        new EntityKeyCodec(view.view().joinKeys()).encode(key.toArray()));
  }

  /** Adds one to the counts of a row, which stays at its version. */
  void damage(ViewPlan view, List<String> key) {
    RowCodec codec = new RowCodec(view.view().rowTypes());
    StoredRow row =
        requireNonNull(
            servers.store().read(List.of(entity(view, key)), new int[] {view.number()})[0][0]);
    @Nullable Object[] values = codec.decode(ByteBuffer.wrap(row.row()));
    for (int i = 0; i < view.view().features().size(); i++) {
      if (view.view().features().get(i).name().startsWith("departures")) {
        values[i + 1] = (Long) requireNonNull(values[i + 1]) + 1;
      }
    }
    put(view, key, row.version(), codec.encode(values));
  }

  /** Puts a row in place of another, whatever its version. */
  private void put(ViewPlan view, List<String> key, Version version, byte[] packed) {
    ByteBuffer stored = ByteBuffer.allocate(Version.BYTES + packed.length);
    version.put(stored);
    stored.put(packed);
    raw(commands -> commands.hset(redisKey(view, key), field(view), stored.array()));
  }

  void delete(ViewPlan view, List<String> key) {
    raw(commands -> commands.hdel(redisKey(view, key), field(view)));
  }

  /** Adds a row with values, as of a time, for a key without events. */
  void add(ViewPlan view, List<String> key, Instant asOf) {
    @Nullable Object[] values = new @Nullable Object[view.view().features().size() + 1];
    values[0] = asOf.minusSeconds(1);
    values[1] = 7L;
    Upsert row =
        new Upsert(
            entity(view, key),
            view.number(),
            new Version(view.epoch(), asOf.toEpochMilli(), 1),
            new RowCodec(view.view().rowTypes()).encode(values),
            view.view().ttlMillis());
    servers.store().upsert(List.of(row)).toCompletableFuture().join();
  }

  private static byte[] redisKey(ViewPlan view, List<String> key) {
    EntityRef entity = entity(view, key);
    byte[] prefix =
        ("f:" + entity.project() + ":" + entity.entity() + ":").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(prefix.length + entity.key().length)
        .put(prefix)
        .put(entity.key())
        .array();
  }

  private static byte[] field(ViewPlan view) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(view.number()).array();
  }

  private void raw(Consumer<RedisCommands<byte[], byte[]>> action) {
    RedisClient client = RedisClient.create(servers.redis().uri());
    try (StatefulRedisConnection<byte[], byte[]> connection =
        client.connect(ByteArrayCodec.INSTANCE)) {
      action.accept(connection.sync());
    } finally {
      client.shutdown();
    }
  }
}
