package io.freshet.platform.lookup;

import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStore;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.OnlineStoreReader;
import io.freshet.store.StoreMarks;
import io.freshet.store.StoredRow;
import io.freshet.store.ViewProgress;
import io.freshet.store.redis.RedisOnlineStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The online store, connected when it is first needed: the platform starts and recovers without
 * one. After a failed attempt further reads fail at once for a while, so that they do not queue.
 */
@Component
class OnlineStoreConnection implements OnlineStoreReader, StoreMarks {
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

  private final String uri;
  private volatile @Nullable OnlineStore connected;
  private @Nullable OnlineStoreException lastFailure;
  private long failedAtNanos;

  OnlineStoreConnection(OnlineStoreSettings settings) {
    this.uri = settings.uri();
  }

  @Override
  public @Nullable StoredRow[][] read(List<EntityRef> entities, int[] views) {
    return store().read(entities, views);
  }

  @Override
  public Map<Integer, ViewProgress> progress(String project, int[] views) {
    return store().progress(project, views);
  }

  @Override
  public boolean isMarked(String id) {
    return store().isMarked(id);
  }

  @Override
  public void mark(String id) {
    store().mark(id);
  }

  @Override
  public synchronized void close() {
    OnlineStore store = connected;
    if (store != null) {
      store.close();
    }
  }

  private OnlineStore store() {
    OnlineStore store = connected;
    return store == null ? connect() : store;
  }

  private synchronized OnlineStore connect() {
    OnlineStore store = connected;
    if (store != null) {
      return store;
    }
    OnlineStoreException failure = lastFailure;
    if (failure != null && System.nanoTime() - failedAtNanos < RETRY_NANOS) {
      throw failure;
    }
    try {
      OnlineStore opened = RedisOnlineStore.open(uri);
      connected = opened;
      return opened;
    } catch (OnlineStoreException e) {
      lastFailure = e;
      failedAtNanos = System.nanoTime();
      throw e;
    }
  }
}
