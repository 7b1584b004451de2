package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.error.FreshetException;
import io.freshet.plan.ViewPlan;
import io.freshet.streaming.Departure;
import io.freshet.streaming.ServedRows;
import io.freshet.streaming.Soon;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long departures take to be served: each is the only one of its origin, and is looked
 * for until its row is there.
 */
final class FreshnessProbes implements AutoCloseable {
  private static final long EVERY_MILLIS = 20;

  private final ServedRows rows;
  private final ViewPlan view;
  private final Map<String, Long> waiting = new ConcurrentHashMap<>();
  private final Queue<Long> served = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  FreshnessProbes(ServedRows rows, ViewPlan view) {
    this.rows = rows;
    this.view = view;
    var unused = thread.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The departure is sent now, and counts as waiting since its own time. */
  void watch(Departure departure) {
    waiting.put(departure.origin(), departure.atMillis());
  }

  /** How long each took, the shortest first; returns once all are served. */
  List<Duration> staleness() {
    Soon.eventually(() -> assertThat(waiting).isEmpty());
    return served.stream().sorted().map(Duration::ofMillis).toList();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    waiting.forEach(
        (origin, sinceMillis) -> {
          if (isServed(origin)) {
            served.add(System.currentTimeMillis() - sinceMillis);
            waiting.remove(origin);
          }
        });
  }

  /** A store that does not answer serves nothing, and the probe goes on waiting. */
  private boolean isServed(String origin) {
    try {
      return rows.find(view, origin) != null;
    } catch (FreshetException e) {
      return false;
    }
  }
}
