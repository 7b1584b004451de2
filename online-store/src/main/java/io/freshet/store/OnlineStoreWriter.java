package io.freshet.store;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** What engines do with the online store. Thread-safe. */
public interface OnlineStoreWriter extends AutoCloseable {
  /**
   * Upserts rows. All of it is idempotent: after a failure, whose outcome may be unknown, the same
   * rows are written again.
   *
   * @return completes when the store has decided on every row; fails with {@link
   *     OnlineStoreException} if it could not, and then any part may have been written
   */
  CompletionStage<UpsertResult> upsert(List<Upsert> rows);

  /** Records the progress of views; fails as {@link #upsert} does. */
  CompletionStage<Void> advance(List<ViewProgress> views);

  @Override
  void close();
}
