package io.freshet.store.testing;

import static io.freshet.store.testing.Rows.content;
import static io.freshet.store.testing.Rows.entity;

import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStore;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import io.freshet.store.ViewProgress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts of the contract share: the store under test and short ways to use it. */
abstract class StoreContract {
  static final int VIEW = 7;
  static final EntityRef ATLANTA = entity("ATL");
  static final EntityRef BOSTON = entity("BOS");

  protected abstract OnlineStore store();

  /** Returns when the store's clock has moved on by at least {@code millis}. */
  protected abstract void passTime(long millis);

  final UpsertResult write(Upsert... rows) {
    return write(List.of(rows));
  }

  final UpsertResult write(List<Upsert> rows) {
    return store().upsert(rows).toCompletableFuture().join();
  }

  final void advance(ViewProgress... views) {
    store().advance(List.of(views)).toCompletableFuture().join();
  }

  final @Nullable String read(EntityRef entity, int view) {
    return content(store().read(List.of(entity), new int[] {view})[0][0]);
  }
}
