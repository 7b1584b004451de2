package io.freshet.streaming.sink;

import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreWriter;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * Coalesces rows by entity and view, writes them in batches, and lets a watermark pass once every
 * row before it is in the store. Nothing is dropped: a batch is written, or the task fails. For one
 * thread.
 */
final class RowFlusher {
  private static final int MOST_IN_FLIGHT = 4;

  private final OnlineStoreWriter store;
  private final RetryPolicy retries;
  private final int batchRows;
  private final LongSupplier clock;
  private final Consumer<UpsertResult> written;
  private final Consumer<Watermark> passed;
  private final Map<Place, Upsert> buffer = new LinkedHashMap<>();
  private final Deque<RowBatch> inFlight = new ArrayDeque<>();
  private @Nullable Watermark held;

  /**
   * @param batchRows how many rows a batch has at most
   * @param clock milliseconds that never go back
   * @param written told of every batch that is in the store
   * @param passed told of every watermark that may pass
   */
  RowFlusher(
      OnlineStoreWriter store,
      RetryPolicy retries,
      int batchRows,
      LongSupplier clock,
      Consumer<UpsertResult> written,
      Consumer<Watermark> passed) {
    this.store = store;
    this.retries = retries;
    this.batchRows = batchRows;
    this.clock = clock;
    this.written = written;
    this.passed = passed;
  }

  /** Takes a row in; waits for the store if too many batches are on their way. */
  void add(Upsert row) throws InterruptedException {
    buffer.merge(new Place(row.entity(), row.view()), row, RowFlusher::newer);
    if (buffer.size() >= batchRows) {
      while (inFlight.size() >= MOST_IN_FLIGHT) {
        awaitOldest();
      }
      send();
    }
  }

  /** Lets the watermark pass behind the rows that came before it. */
  void hold(Watermark mark) {
    if (!buffer.isEmpty()) {
      held = mark;
    } else if (inFlight.isEmpty()) {
      passed.accept(mark);
    } else {
      inFlight.getLast().hold(mark);
    }
  }

  /** Sees to the batches on their way and sends the next, without waiting. */
  void turn() {
    settle();
    if (!buffer.isEmpty() && inFlight.size() < MOST_IN_FLIGHT) {
      send();
    }
  }

  /** Writes everything and waits until it is in the store. */
  void flush() throws InterruptedException {
    if (!buffer.isEmpty()) {
      send();
    }
    while (!inFlight.isEmpty()) {
      awaitOldest();
    }
  }

  private void send() {
    List<Upsert> rows = new ArrayList<>(buffer.values());
    buffer.clear();
    RowBatch batch = RowBatch.send(rows, store, retries);
    if (held != null) {
      batch.hold(held);
      held = null;
    }
    inFlight.addLast(batch);
  }

  /** Takes out the batches that are in the store, oldest first. */
  private void settle() {
    while (!inFlight.isEmpty()) {
      RowBatch oldest = inFlight.getFirst();
      UpsertResult result = oldest.settle(clock.getAsLong());
      if (result == null) {
        return;
      }
      inFlight.removeFirst();
      written.accept(result);
      Watermark mark = oldest.held();
      if (mark != null) {
        passed.accept(mark);
      }
    }
  }

  private void awaitOldest() throws InterruptedException {
    settle();
    if (!inFlight.isEmpty()) {
      inFlight.getFirst().await(clock.getAsLong());
      settle();
    }
  }

  private static Upsert newer(Upsert one, Upsert other) {
    return other.version().compareTo(one.version()) >= 0 ? other : one;
  }

  private record Place(EntityRef entity, int view) {}
}
