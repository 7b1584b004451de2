package io.freshet.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Random departures from a seed, straight into a source's topic. Those of an airport are in one
 * partition, each later than the one before: a row of it as of a time must hold exactly those
 * before that time, no matter how far its engine is.
 */
final class SeededTraffic implements AutoCloseable {
  private static final long TICK_MILLIS = 50;
  private static final long TICKS_A_SECOND = 1_000 / TICK_MILLIS;

  private final Random random;
  private final List<EntityKey> airports;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<EntityKey, List<Departure>> sent = new HashMap<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private int perSecond;
  private volatile @Nullable Exception refused;

  /**
   * @param airports how many; the first ones have most of the departures
   */
  SeededTraffic(long seed, int airports, String bootstrapServers, String topic) {
    this.random = new Random(seed);
    this.airports = airports(airports);
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    var unused = thread.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Sends departures spread over a time that ends now, at least one of every airport. */
  void history(int count, Duration span) {
    long now = System.currentTimeMillis();
    long[] times = random.longs(count, now - span.toMillis(), now).sorted().toArray();
    for (int i = 0; i < count; i++) {
      send(airports.get(i < airports.size() ? i : place()), times[i]);
    }
    flush();
  }

  /**
   * From now on sends departures steadily, each with the time at which it is sent.
   *
   * @param departuresPerSecond at least one a tick: 20
   */
  synchronized void flow(int departuresPerSecond) {
    perSecond = departuresPerSecond;
  }

  /** Sends no more, and returns once the broker has what was sent. */
  void pause() {
    flow(0);
    flush();
  }

  List<EntityKey> airports() {
    return airports;
  }

  /** What was sent so far, in order; also what the broker may not have yet. */
  synchronized List<Departure> of(EntityKey airport) {
    return List.copyOf(sent.getOrDefault(airport, List.of()));
  }

  synchronized Map<EntityKey, List<Departure>> byAirport() {
    Map<EntityKey, List<Departure>> copy = new HashMap<>();
    sent.forEach((airport, departures) -> copy.put(airport, List.copyOf(departures)));
    return copy;
  }

  synchronized int count() {
    return sent.values().stream().mapToInt(List::size).sum();
  }

  /** The time of the newest departure. */
  synchronized long newestMillis() {
    return sent.values().stream()
        .mapToLong(departures -> departures.get(departures.size() - 1).timeMillis())
        .max()
        .orElseThrow();
  }

  /**
   * @throws IllegalStateException if the broker refused something
   */
  private void flush() {
    producer.flush();
    Exception failure = refused;
    if (failure != null) {
      throw new IllegalStateException("Cannot send departures to " + topic, failure);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    producer.close(Duration.ofSeconds(5));
  }

  private synchronized void tick() {
    long due = perSecond / TICKS_A_SECOND;
    try {
      for (int i = 0; i < due; i++) {
        send(airports.get(place()), System.currentTimeMillis());
      }
    } catch (RuntimeException e) {
      refused = e;
    }
  }

  private int place() {
    return (int) (airports.size() * random.nextDouble() * random.nextDouble());
  }

  /** What is sent is known before any reader can see it. */
  private synchronized void send(EntityKey airport, long timeMillis) {
    List<Departure> before = sent.computeIfAbsent(airport, unseen -> new ArrayList<>());
    long earliest = before.isEmpty() ? timeMillis : before.get(before.size() - 1).timeMillis() + 1;
    Departure departure =
        new Departure(
            Math.max(earliest, timeMillis),
            random.nextInt(-20, 200),
            random.nextInt(100, 3_000),
            airport.origin(),
            "XYZ");
    before.add(departure);
    var unused =
        producer.send(
            new ProducerRecord<>(
                topic, airport.origin().getBytes(UTF_8), departure.toJson().getBytes(UTF_8)),
            (stored, failure) -> {
              if (failure != null) {
                refused = failure;
              }
            });
  }

  private static List<EntityKey> airports(int count) {
    EntityKey[] airports = new EntityKey[count];
    Arrays.setAll(airports, i -> new EntityKey("A" + i, null));
    return List.of(airports);
  }
}
