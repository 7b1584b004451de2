package io.freshet.store.memory;

import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.store.OnlineStore;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.testing.OnlineStoreContract;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryOnlineStoreTest extends OnlineStoreContract {
  private final AtomicLong now = new AtomicLong(1_764_000_000_000L);
  private final MemoryOnlineStore store =
      new MemoryOnlineStore(() -> Instant.ofEpochMilli(now.get()));

  @Override
  protected OnlineStore store() {
    return store;
  }

  @Override
  protected void passTime(long millis) {
    now.addAndGet(millis);
  }

  @Test
  void freesEntitiesThatNobodyWritesAnyMore() {
    store.upsert(List.of(upsert(entity("gone"), 1, version(1, 1, 1), "row", 1_000)));
    passTime(120_000);
    store.upsert(List.of(upsert(entity("here"), 1, version(1, 1, 1), "row", 1_000)));

    assertThat(store.entities()).isEqualTo(1);
  }

  @Test
  void refusesWorkOnceItIsClosed() {
    store.close();

    assertThatThrownBy(() -> store.read(List.of(entity("ATL")), new int[] {1}))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessage("Cannot read: the online store in memory is closed, open another");
    assertThatThrownBy(() -> store.upsert(List.of()).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(OnlineStoreException.class);
  }
}
