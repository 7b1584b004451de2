package io.freshet.streaming.sink;

import io.freshet.error.ErrorCategory;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.OnlineStoreWriter;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import io.freshet.store.ViewProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store that answers when the test lets it, and fails as often as the test says. */
final class ScriptedStore implements OnlineStoreWriter {
  final List<List<Upsert>> batches = new ArrayList<>();
  final List<ViewProgress> progress = new ArrayList<>();
  private final List<CompletableFuture<UpsertResult>> pending = new ArrayList<>();
  private boolean holding;
  private int failuresLeft;
  private @Nullable ErrorCategory failure;

  /** Leaves writes unanswered until {@link #answer}. */
  void hold() {
    holding = true;
  }

  void answer() {
    holding = false;
    pending.forEach(answer -> answer.complete(new UpsertResult(1, 0)));
    pending.clear();
  }

  void fail(ErrorCategory category, int times) {
    failure = category;
    failuresLeft = times;
  }

  @Override
  public CompletionStage<UpsertResult> upsert(List<Upsert> rows) {
    batches.add(rows);
    ErrorCategory category = failure;
    if (category != null && failuresLeft > 0) {
      failuresLeft--;
      return CompletableFuture.failedFuture(
          new OnlineStoreException(category, "Cannot write: told so", null));
    }
    if (holding) {
      CompletableFuture<UpsertResult> answer = new CompletableFuture<>();
      pending.add(answer);
      return answer;
    }
    return CompletableFuture.completedFuture(new UpsertResult(rows.size(), 0));
  }

  @Override
  public CompletionStage<@Nullable Void> advance(List<ViewProgress> views) {
    progress.addAll(views);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
