package io.freshet.batch.materialize;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.OnlineStoreWriter;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Writes to an online store and waits for its answer. A write that the store could not do, or whose
 * outcome is unknown, is repeated, which its versions make harmless, until a deadline; then it
 * fails.
 */
final class PatientWriter {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final String address;

  PatientWriter(String address) {
    this.address = address;
  }

  /**
   * @throws FreshetException if the store has not done it within a minute, or refuses to
   */
  <T> T write(Function<OnlineStoreWriter, CompletionStage<T>> action) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return once(action);
      } catch (FreshetException e) {
        if (!isPassing(e) || System.nanoTime() > deadline) {
          throw e;
        }
        pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private <T> T once(Function<OnlineStoreWriter, CompletionStage<T>> action) {
    try {
      return action
          .apply(OnlineStores.at(address))
          .toCompletableFuture()
          .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof OnlineStoreException refused
          ? refused
          : failure(ErrorCategory.INTERNAL, String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw failure(ErrorCategory.UNKNOWN_OUTCOME, "no answer within " + ANSWER, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(ErrorCategory.INTERNAL, "interrupted", e);
    }
  }

  private OnlineStoreException failure(ErrorCategory category, String reason, Exception cause) {
    return new OnlineStoreException(
        category, "Cannot write to the online store at " + address + ": " + reason, cause);
  }

  private static boolean isPassing(FreshetException e) {
    return e.category() == ErrorCategory.UNAVAILABLE
        || e.category() == ErrorCategory.UNKNOWN_OUTCOME;
  }

  private void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(ErrorCategory.INTERNAL, "interrupted", e);
    }
  }
}
