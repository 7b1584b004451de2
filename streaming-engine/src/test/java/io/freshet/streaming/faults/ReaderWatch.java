package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.error.FreshetException;
import io.freshet.plan.ViewPlan;
import io.freshet.streaming.Departure;
import io.freshet.streaming.Recomputation;
import io.freshet.streaming.ServedRows;
import io.freshet.streaming.ServedRows.Row;
import io.freshet.window.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A reader that looks at every row all the time while faults happen. A row may be missing; one that
 * is there is what the events sent so far give, or a first part of them as they were sent, and it
 * never goes back in time.
 */
final class ReaderWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 150;

  private final ServedRows rows;
  private final ViewPlan view;
  private final Supplier<Map<String, List<Departure>>> sent;
  private final Map<String, Row> seen = new HashMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicLong found = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param sent the departures by origin, in the order in which they were sent
   */
  ReaderWatch(ServedRows rows, ViewPlan view, Supplier<Map<String, List<Departure>>> sent) {
    this.rows = rows;
    this.view = view;
    this.sent = sent;
    var unused = thread.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** How many rows were there when they were looked for. */
  long found() {
    return found.get();
  }

  /** How many rows were not there. */
  long missing() {
    return missing.get();
  }

  /** No row was ever wrong or went back in time. */
  void assertNeverWrong() {
    assertThat(faults).isEmpty();
    assertThat(found).as("rows read").hasPositiveValue();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    try {
      sent.get().forEach(this::look);
    } catch (FreshetException e) {
      return; // A store that cannot be reached serves nothing wrong.
    } catch (RuntimeException e) {
      faults.add(e.toString());
    }
  }

  private void look(String origin, List<Departure> own) {
    Row row = rows.find(view, origin);
    if (row == null) {
      missing.incrementAndGet();
      seen.remove(origin);
      return;
    }
    found.incrementAndGet();
    Row before = seen.put(origin, row);
    if (before != null && isOlder(row, before)) {
      faults.add(origin + " went back from " + text(before) + " to " + text(row));
    }
    if (!isOfFirstPart(row, origin, own)) {
      faults.add(origin + " was " + text(row));
    }
  }

  /** Nothing decays while a test runs, so that counts only grow. */
  private static boolean isOlder(Row row, Row before) {
    return row.asOfMillis() < before.asOfMillis() || count(row) < count(before);
  }

  private static long count(Row row) {
    return row.features()[0] instanceof Long count ? count : 0;
  }

  private static String text(Row row) {
    return Recomputation.text(row.features()) + " as of " + row.asOfMillis();
  }

  private boolean isOfFirstPart(Row row, String origin, List<Departure> own) {
    Window window = view.view().features().get(0).window();
    for (int end = own.size(); end > 0; end--) {
      List<Departure> part = own.subList(0, end);
      if (Recomputation.same(
          row.features(),
          Recomputation.features(
              part, origin, window.lengthMillis(), window.hopMillis(), row.asOfMillis()))) {
        return true;
      }
    }
    return false;
  }
}
