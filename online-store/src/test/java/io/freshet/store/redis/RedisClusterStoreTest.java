package io.freshet.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.servers.testing.RedisClusterFixture;
import io.freshet.store.OnlineStore;
import io.freshet.store.testing.OnlineStoreContract;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisClusterStoreTest extends OnlineStoreContract {
  private static RedisClusterFixture cluster;
  private static List<RedisAdmin> admins;
  private static RedisOnlineStore store;

  @BeforeAll
  static void open() {
    cluster = RedisClusterFixture.start();
    admins =
        IntStream.range(0, RedisClusterFixture.NODES)
            .mapToObj(node -> RedisAdmin.of(cluster.nodeUri(node)))
            .toList();
    store = RedisOnlineStore.open(cluster.uri());
  }

  @AfterAll
  static void close() {
    store.close();
    admins.forEach(RedisAdmin::close);
    cluster.close();
  }

  @BeforeEach
  void clear() {
    admins.forEach(admin -> admin.commands().flushall());
  }

  @Test
  void theMarkIsGoneWhicheverNodeLosesItsData() {
    for (RedisAdmin admin : admins) {
      store.mark("one");
      assertThat(store.isMarked("one")).isTrue();

      admin.commands().flushall();

      assertThat(store.isMarked("one")).isFalse();
    }
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
