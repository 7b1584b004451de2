package io.freshet.batch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.batch.Flights.Flight;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.ConsistencyResult;
import io.freshet.plan.ConsistencyResult.Example;
import io.freshet.plan.ConsistencyResult.Finding;
import io.freshet.plan.ConsistencyResult.Mismatched;
import io.freshet.plan.ConsistencyResult.Skip;
import io.freshet.plan.ConsistencyResult.ViewResult;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a check says of rows of both engines, of damaged ones, and of those that tell nothing. */
@ExtendWith(BatchServers.Extension.class)
class ConsistencyTest {
  private static final long SEED = 20260301; // Of every random event here.

  /** Lateness is reckoned from arrivals, which are now. */
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);

  /** What the stream is complete through. */
  private final Instant complete = now.minusSeconds(120);

  private final BatchServers servers;
  private final Path folder;

  ConsistencyTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void rowsOfBothEnginesAreEqualUntilTheyAreDamaged() throws Exception {
    Scenario flights = scenario("checked", Duration.ofDays(2));
    ViewPlan batch = Flights.originDelays(901, "checked");
    ViewPlan stream = streaming(Flights.routeDelays(902, "checked"));
    List<Flight> events =
        new ArrayList<>(Flights.random(SEED, 300, now.minus(Duration.ofDays(1)), now));
    flights.send(events);
    flights.run(flights.plan("b", now, 1, batch));
    // After the run of the batch view, and after what the stream is complete through.
    Flight first = flight(10, "ATL", "BOS");
    Flight lacking = flight(60, "ATL", "BOS");
    Flight hot = flight(10, "JFK", "BOS");
    Flight next = flight(60, "JFK", "BOS");
    Flight hotAndWrong = flight(10, "JFK", "DEN");
    sendTo(flights, 0, first, hot, next, hotAndWrong);
    sendTo(flights, 1, lacking); // Which of two partitions' events came first is not known.
    events.addAll(List.of(first, hot, hotAndWrong));
    serve(stream, events);

    ConsistencyResult healthy = check(flights, 2, batch, stream);

    assertThat(healthy.archivedEvents()).isEqualTo(5);
    for (ViewResult view : healthy.views()) {
      assertThat(view.notChecked()).isNull();
      assertThat(view.examples()).isEmpty();
      assertThat(view.compared()).isEqualTo(view.equal()).isPositive();
    }

    for (ViewPlan view : List.of(batch, stream)) {
      damage(view, key(view, "BOS"));
      delete(view, key(view, "DEN"));
      add(view, key(view, "LNK"), now.minus(Duration.ofHours(1)));
    }
    damage(stream, List.of("JFK", "DEN"));
    List<String> forgotten = forgetNewest(stream, events);

    ConsistencyResult damaged = check(flights, 1, batch, stream);

    ViewResult ofBatch = damaged.views().get(0);
    assertThat(findings(ofBatch))
        .containsExactlyInAnyOrder("WRONG [BOS]", "MISSING [DEN]", "EXTRA [LNK]");
    assertThat(ofBatch.mismatched()).isEqualTo(new Mismatched(1, 0, 0));
    assertThat(List.of(ofBatch.missing(), ofBatch.extra(), ofBatch.equal()))
        .containsExactly(1L, 1L, 3L);
    assertThat(ofBatch.compared()).isEqualTo(6);
    assertThat(ofBatch.skipped()).isEmpty();
    assertThat(ofBatch.worstRelativeDifference()).isGreaterThan(1e-9);
    Example wrong =
        ofBatch.examples().stream()
            .filter(example -> example.finding() == Finding.WRONG)
            .findFirst()
            .orElseThrow();
    assertThat(requireNonNull(wrong.version()).asOfMillis()).isEqualTo(now.toEpochMilli());
    assertThat(requireNonNull(wrong.served()).get("departures_3d"))
        .isEqualTo(
            String.valueOf(
                Long.parseLong(requireNonNull(wrong.recomputed().get("departures_3d"))) + 1));

    ViewResult ofStream = damaged.views().get(1);
    assertThat(findings(ofStream))
        .containsExactlyInAnyOrder(
            "WRONG [BOS, SFO]",
            "WRONG [JFK, DEN]",
            "MISSING [DEN, SFO]",
            "EXTRA [LNK, SFO]",
            "STALE " + forgotten);
    assertThat(ofStream.mismatched()).isEqualTo(new Mismatched(2, 1, 0));
    assertThat(ofStream.skipped()).isEqualTo(Map.of(Skip.UNSETTLED, 1L));
    assertThat(ofStream.compared()).isEqualTo(ofStream.equal() + 5);
  }

  @Test
  void rowsThatLackLateEventsAreSaidToLackThem() throws Exception {
    Scenario flights = scenario("check_late", Duration.ofSeconds(5));
    ViewPlan stream = streaming(Flights.routeDelays(903, "check_late"));
    Flight early = new Flight(now.minusSeconds(4_000), "ATL", "BOS", 7L, 1);
    Flight late = new Flight(now.minusSeconds(9_000), "ATL", "BOS", 8L, 1);
    Flight other = new Flight(now.minusSeconds(4_000), "DEN", "BOS", 7L, 1);
    flights.send(List.of(early, late, other));
    serve(stream, List.of(early, other));
    damage(stream, List.of("DEN", "BOS"));

    ViewResult view = check(flights, 1, stream).views().get(0);

    assertThat(findings(view)).containsExactlyInAnyOrder("LATE [ATL, BOS]", "WRONG [DEN, BOS]");
    assertThat(view.mismatched()).isEqualTo(new Mismatched(1, 0, 1));
  }

  private Flight flight(int secondsAgo, String origin, String destination) {
    return new Flight(now.minusSeconds(secondsAgo), origin, destination, 9L, 1);
  }

  private static void sendTo(Scenario flights, int partition, Flight... sent) throws Exception {
    List<byte @Nullable []> records = new ArrayList<>();
    for (Flight flight : sent) {
      records.add(flight.json().getBytes(StandardCharsets.UTF_8));
    }
    flights.sendTo(partition, records);
  }

  private Scenario scenario(String name, Duration maxDisorder) {
    SourcePlan plain = Flights.source(name);
    return new Scenario(servers, folder, name)
        .readAs(
            new SourcePlan(
                plain.project(),
                plain.name(),
                plain.columns(),
                plain.eventTime(),
                plain.topic(),
                maxDisorder.toMillis(),
                plain.maxFutureMillis()))
        .createTopic();
  }

  private static List<String> findings(ViewResult view) {
    return view.examples().stream()
        .map(example -> example.finding() + " " + example.key().values())
        .toList();
  }

  private ConsistencyResult check(Scenario flights, int oneIn, ViewPlan... views) {
    return ConsistencyJob.run(
        servers.spark(),
        new ConsistencyPlan(
            "check",
            flights.source(),
            List.of(views),
            oneIn,
            now.toEpochMilli(),
            servers.kafka().bootstrapServers(),
            servers.redis().uri(),
            folder.resolve("warehouse").toString(),
            DeadLetters.SENT_BY_RUN,
            folder.resolve("check.json").toString()));
  }

  private static ViewPlan streaming(ViewPlan view) {
    return ViewPlan.live(view.view(), view.number(), Tier.STREAMING, 1);
  }

  /** Writes the rows that the streaming engine would when it has counted these events. */
  private void serve(ViewPlan view, List<Flight> flights) {
    ViewAggregator aggregator = ViewAggregator.of(view.view());
    List<Upsert> rows = new ArrayList<>();
    flights.stream()
        .collect(Collectors.groupingBy(ConsistencyTest::route))
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
  private List<String> forgetNewest(ViewPlan view, List<Flight> flights) {
    Instant from = complete.minus(Duration.ofHours(5));
    List<String> damaged = List.of("BOS", "DEN", "ATL", "JFK");
    Map.Entry<List<String>, List<Flight>> chosen =
        flights.stream()
            .filter(flight -> !damaged.contains(flight.origin()))
            .filter(flight -> flight.at().isBefore(complete))
            .sorted(Comparator.comparing(Flight::at))
            .collect(Collectors.groupingBy(ConsistencyTest::route))
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

  private static List<String> key(ViewPlan view, String origin) {
    return view.view().joinKeys().size() == 1 ? List.of(origin) : List.of(origin, "SFO");
  }

  private static EntityRef entity(ViewPlan view, List<String> key) {
    return new EntityRef(
        view.view().project(),
        view.view().entity(),
        new EntityKeyCodec(view.view().joinKeys()).encode(key.toArray()));
  }

  /** Adds one to the counts of a row, which stays at its version. */
  private void damage(ViewPlan view, List<String> key) {
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

  private void delete(ViewPlan view, List<String> key) {
    raw(commands -> commands.hdel(redisKey(view, key), field(view)));
  }

  /** Adds a row with values, as of a time, for a key without events. */
  private void add(ViewPlan view, List<String> key, Instant asOf) {
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
