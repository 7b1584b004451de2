package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A reader that looks up all airports of a view all the time while things happen. Every value it
 * gets must be what the departures before the value's as-of time give.
 */
final class LookupWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 200;
  private static final int EXAMPLES = 5;

  private final PlatformRest rest;
  private final String project;
  private final ExpectedView view;
  private final SeededTraffic traffic;
  private final Set<String> engines = ConcurrentHashMap.newKeySet();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Queue<String> missed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger misses = new AtomicInteger();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  LookupWatch(PlatformRest rest, String project, ExpectedView view, SeededTraffic traffic) {
    this.rest = rest;
    this.project = project;
    this.view = view;
    this.traffic = traffic;
    var unused = thread.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The engines by which the view was served. */
  Set<String> engines() {
    return Set.copyOf(engines);
  }

  /** How many lookups were answered. */
  int looks() {
    return looks.get();
  }

  /** How many values were missing, and lookups not answered. */
  int misses() {
    return misses.get();
  }

  /** No value was ever wrong, whether or not some were missing. */
  void assertNeverWrong() {
    assertThat(wrong).as("wrong values").isEmpty();
    assertThat(looks()).as("lookups").isPositive();
  }

  /** Nor was one missing, or a lookup not answered. */
  void assertNeverMissed() {
    assertNeverWrong();
    assertThat(missed).as("missed reads").isEmpty();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    try {
      JsonNode answer = rest.lookup(project, view.name(), traffic.airports());
      engines.add(answer.path("views").path(0).path("engine").asString(""));
      judge(new LookupAnswer(answer), traffic.airports());
      looks.incrementAndGet();
    } catch (IOException e) {
      miss(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      note(wrong, e.toString());
    }
  }

  private void judge(LookupAnswer answer, List<EntityKey> asked) {
    for (int airport = 0; airport < asked.size(); airport++) {
      List<Departure> departures = traffic.of(asked.get(airport));
      for (int column = 0; column < answer.features().size(); column++) {
        String name = answer.features().get(column);
        ExpectedFeature feature = view.feature(name.substring(name.indexOf('.') + 1)).orElseThrow();
        String status = answer.status(airport, column);
        Optional<Instant> asOf = answer.asOf(airport, column);
        if (asOf.isEmpty() || status.equals("NOT_FOUND") || status.equals("OUTSIDE_MAX_AGE")) {
          miss("%s of %s is %s".formatted(name, asked.get(airport), status));
        } else {
          Object served = answer.value(airport, column);
          Object expected = feature.asOf(asOf.get().toEpochMilli(), departures);
          judge(name + " of " + asked.get(airport) + " as of " + asOf.get(), expected, served);
        }
      }
    }
  }

  private void judge(String what, @Nullable Object expected, @Nullable Object served) {
    if (Difference.between(expected, served) > Difference.TOLERANCE) {
      note(wrong, "%s is %s, expected %s".formatted(what, served, expected));
    }
  }

  private void miss(String what) {
    misses.incrementAndGet();
    note(missed, what);
  }

  private static void note(Queue<String> faults, String fault) {
    if (faults.size() < EXAMPLES) {
      faults.add(Instant.now() + " " + fault);
    }
  }
}
