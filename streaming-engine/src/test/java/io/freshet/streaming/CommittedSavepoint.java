package io.freshet.streaming;

import static java.util.Objects.requireNonNull;

import io.freshet.plan.SourcePlan;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A savepoint among the test resources, and the departures that the source's topic had when it was
 * made: they are drawn again from their seed and their time.
 *
 * @param folder of the savepoint
 * @param endMillis no departure is later
 */
record CommittedSavepoint(Path folder, long seed, long endMillis) {
  private static final Path ROOT = Path.of("src", "test", "resources", "savepoints", "v1");
  private static final Path FOLDER = ROOT.resolve("savepoint");
  private static final Path EVENTS = ROOT.resolve("events.properties");

  private static final long DISORDER_MILLIS = 3_600_000;
  private static final long WITHIN_MILLIS = 600_000;

  /** So that a machine whose clock is behind that of the writer takes the events too. */
  private static final long MAX_FUTURE_MILLIS = Duration.ofDays(3650).toMillis();

  private static final int SPREAD_MILLIS = 5_000;
  private static final List<String> ORIGINS = List.of("ATL", "ORD", "DFW", "DEN", "LAX", "SEA");
  private static final int COUNT = 240;
  private static final int LATER = 60;
  private static final int COPIES = 80;

  /** The source of its events, whose delays are their ids. */
  static SourcePlan source(String project) {
    SourcePlan flights = Flights.source(project);
    SourcePlan disordered =
        new SourcePlan(
            project,
            flights.name(),
            flights.columns(),
            flights.eventTime(),
            flights.topic(),
            DISORDER_MILLIS,
            MAX_FUTURE_MILLIS);
    return Flights.withCopies(disordered, WITHIN_MILLIS);
  }

  static CommittedSavepoint load() throws IOException {
    Properties events = new Properties();
    try (Reader file = Files.newBufferedReader(EVENTS)) {
      events.load(file);
    }
    return new CommittedSavepoint(FOLDER, number(events, "seed"), number(events, "endMillis"));
  }

  /** Departures for a new one, the newest at a time. */
  static CommittedSavepoint draw(long endMillis) {
    return new CommittedSavepoint(FOLDER, System.nanoTime(), endMillis);
  }

  /** What the savepoint has counted: every origin has some, every delay is there once. */
  List<Departure> events() {
    return departures(0, COUNT, endMillis);
  }

  /** Some of them, as they would be delivered a second time; some of every origin. */
  List<Departure> copies() {
    List<Departure> shuffled = new ArrayList<>(events());
    Collections.shuffle(shuffled, new Random(seed));
    List<Departure> copies = new ArrayList<>(shuffled.subList(0, COPIES));
    copies.addAll(events().subList(0, ORIGINS.size()));
    return copies;
  }

  /** What comes after it was restored: every origin has some, and no delay was there before. */
  List<Departure> eventsAfterwards(long nowMillis) {
    return departures(COUNT, LATER, Math.max(nowMillis, endMillis));
  }

  /** Puts a savepoint in the place of the one that is committed. */
  void commit(Path made) throws IOException {
    Files.createDirectories(FOLDER);
    try (Stream<Path> old = Files.list(FOLDER)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : files.toList()) {
        Files.copy(file, FOLDER.resolve(file.getFileName().toString()));
      }
    }
    try (Writer file = Files.newBufferedWriter(EVENTS)) {
      file.write("seed=%d%nendMillis=%d%n".formatted(seed, endMillis));
    }
    System.out.println("wrote " + this);
  }

  private static long number(Properties events, String name) {
    return Long.parseLong(requireNonNull(events.getProperty(name), name));
  }

  private List<Departure> departures(int firstId, int count, long newestMillis) {
    Random random = new Random(seed + firstId);
    List<Departure> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String origin =
          i < ORIGINS.size() ? ORIGINS.get(i) : ORIGINS.get(random.nextInt(ORIGINS.size()));
      long id = (long) firstId + i;
      drawn.add(new Departure(origin, newestMillis - random.nextInt(SPREAD_MILLIS), id));
    }
    return drawn;
  }
}
