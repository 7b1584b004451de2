package io.freshet.streaming.sink;

import static java.util.Objects.requireNonNull;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.OnlineStoreWriter;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.jspecify.annotations.Nullable;

/** Rows that are on their way together, until the store has decided on all of them. */
final class RowBatch {
  private final List<Upsert> rows;
  private final OnlineStoreWriter store;
  private final RetryPolicy retries;
  private CompletableFuture<UpsertResult> answer;
  private @Nullable Watermark watermark;
  private int failures;
  private long firstFailedMillis;
  private long retryAtMillis;

  private RowBatch(
      List<Upsert> rows,
      OnlineStoreWriter store,
      RetryPolicy retries,
      CompletableFuture<UpsertResult> answer) {
    this.rows = rows;
    this.store = store;
    this.retries = retries;
    this.answer = answer;
  }

  static RowBatch send(List<Upsert> rows, OnlineStoreWriter store, RetryPolicy retries) {
    return new RowBatch(rows, store, retries, send(rows, store));
  }

  /** Holds a watermark, in place of an earlier one, until the rows are in the store. */
  void hold(Watermark mark) {
    watermark = mark;
  }

  @Nullable Watermark held() {
    return watermark;
  }

  /**
   * Looks whether the store has decided; a write that failed is sent again when its pause is over.
   *
   * @param nowMillis of a clock that never goes back
   * @return the result, or null if there is none yet
   * @throws FreshetException if trying again does not help, or has not helped for too long
   */
  @Nullable UpsertResult settle(long nowMillis) {
    if (!answer.isDone()) {
      return null;
    }
    try {
      return answer.join();
    } catch (CompletionException e) {
      retry(requireNonNull(e.getCause(), "a failure has a cause"), nowMillis);
      return null;
    }
  }

  /** Waits until {@link #settle} can tell more, or a while has passed. */
  void await(long nowMillis) throws InterruptedException {
    long longest = retries.longestPause().toMillis();
    if (answer.isDone()) {
      TimeUnit.MILLISECONDS.sleep(Math.min(longest, Math.max(1, retryAtMillis - nowMillis)));
    } else {
      awaitAnswer(longest);
    }
  }

  private void awaitAnswer(long millis) throws InterruptedException {
    try {
      answer.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return; // settle() sees to it.
    }
  }

  private void retry(Throwable failure, long nowMillis) {
    if (retryAtMillis == 0) {
      failures++;
      firstFailedMillis = failures == 1 ? nowMillis : firstFailedMillis;
      giveUpIfHopeless(failure, nowMillis);
      retryAtMillis = nowMillis + retries.pauseMillis(failures);
    } else if (nowMillis >= retryAtMillis) {
      retryAtMillis = 0;
      answer = send(rows, store);
    }
  }

  private void giveUpIfHopeless(Throwable failure, long nowMillis) {
    boolean mayPass =
        failure instanceof FreshetException known
            && (known.category() == ErrorCategory.UNAVAILABLE
                || known.category() == ErrorCategory.UNKNOWN_OUTCOME);
    if (!mayPass || nowMillis - firstFailedMillis >= retries.giveUpAfter().toMillis()) {
      throw new OnlineStoreException(
          mayPass ? ErrorCategory.UNAVAILABLE : ErrorCategory.INTERNAL,
          "Cannot write "
              + rows.size()
              + " rows to the online store: it failed "
              + failures
              + " time(s), last with \""
              + failure.getMessage()
              + "\"; the job goes on from its last checkpoint once the store is back",
          failure);
    }
  }

  private static CompletableFuture<UpsertResult> send(List<Upsert> rows, OnlineStoreWriter store) {
    try {
      return store.upsert(rows).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
