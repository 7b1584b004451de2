package io.freshet.store.redis;

import static org.awaitility.Awaitility.await;

import io.freshet.error.ErrorCategory;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.OnlineStoreWriter;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A write as the engines make it: it is repeated while its failure may pass. For one thread. */
final class PendingWrite {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final OnlineStoreWriter store;
  private final List<Upsert> rows;
  private @Nullable UpsertResult result;

  PendingWrite(OnlineStoreWriter store, List<Upsert> rows) {
    this.store = store;
    this.rows = List.copyOf(rows);
  }

  /**
   * Tries once.
   *
   * @return why it failed; null if it is done
   * @throws OnlineStoreException if it failed for good
   */
  @Nullable OnlineStoreException attempt() {
    try {
      result = store.upsert(rows).toCompletableFuture().join();
      return null;
    } catch (CompletionException e) {
      if (e.getCause() instanceof OnlineStoreException failure) {
        if (failure.category() == ErrorCategory.UNAVAILABLE
            || failure.category() == ErrorCategory.UNKNOWN_OUTCOME) {
          return failure;
        }
        throw failure;
      }
      throw e;
    }
  }

  /** Tries until it fails with a text, and never succeeds meanwhile. */
  OnlineStoreException untilItFailsWith(String text) {
    return await()
        .atMost(DEADLINE)
        .until(
            () -> {
              OnlineStoreException failure = attempt();
              if (failure == null) {
                throw new AssertionError("the write was accepted");
              }
              return failure;
            },
            failure -> String.valueOf(failure.getMessage()).contains(text));
  }

  /** Tries until it is done. */
  UpsertResult untilDone() {
    await().atMost(DEADLINE).until(() -> attempt() == null);
    if (result == null) {
      throw new AssertionError("a write that is done has a result");
    }
    return result;
  }
}
