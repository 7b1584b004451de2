package io.freshet.store.redis;

import static org.awaitility.Awaitility.await;

import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.OnlineStore;
import io.freshet.store.testing.OnlineStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class RedisOnlineStoreTest extends OnlineStoreContract {
  private static RedisFixture redis;
  private static RedisAdmin admin;
  private static RedisOnlineStore store;

  @BeforeAll
  static void open() {
    redis = RedisFixture.start();
    admin = RedisAdmin.of(redis.uri());
    store = RedisOnlineStore.open(redis.uri());
  }

  @AfterAll
  static void close() {
    store.close();
    admin.close();
    redis.close();
  }

  @BeforeEach
  void clear() {
    admin.commands().flushall();
  }

  @Override
  protected OnlineStore store() {
    return store;
  }

  @Override
  protected void passTime(long millis) {
    await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
  }
}
