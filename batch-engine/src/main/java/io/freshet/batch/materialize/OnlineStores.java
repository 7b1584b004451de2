package io.freshet.batch.materialize;

import io.freshet.store.OnlineStoreWriter;
import io.freshet.store.redis.RedisOnlineStore;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of this JVM to online stores: one an address, kept while the JVM lives. */
final class OnlineStores {
  private static final ConcurrentHashMap<String, OnlineStoreWriter> OPEN =
      new ConcurrentHashMap<>();

  private OnlineStores() {}

  /**
   * @throws io.freshet.store.OnlineStoreException if the store cannot be reached
   */
  static OnlineStoreWriter at(String address) {
    return OPEN.computeIfAbsent(address, RedisOnlineStore::open);
  }
}
