package io.freshet.store.redis;

import static io.freshet.store.testing.Rows.content;
import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.servers.testing.RedisSentinelFixture;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.Upsert;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What sentinels watch: the store asks them anew who the master is. */
@Timeout(150)
class RedisSentinelTest {
  private static final EntityRef ATLANTA = entity("ATL");

  @Test
  void writesGoToWhoeverIsTheMaster() {
    try (RedisSentinelFixture servers = RedisSentinelFixture.start();
        RedisOnlineStore store = RedisOnlineStore.open(servers.uri())) {
      new PendingWrite(store, rows(1)).untilDone();

      servers.swapRoles();
      new PendingWrite(store, rows(2)).untilDone();

      try (RedisOnlineStore direct = RedisOnlineStore.open(servers.replicaUri())) {
        assertThat(content(direct.read(List.of(ATLANTA), new int[] {1})[0][0]))
            .isEqualTo("round 2");
      }
    }
  }

  @Test
  void aMasterThatIsKilledIsReplacedByItsReplica() {
    try (RedisSentinelFixture servers = RedisSentinelFixture.start();
        RedisOnlineStore store = RedisOnlineStore.open(servers.uri())) {
      new PendingWrite(store, rows(1)).untilDone();
      servers.killFirst();
      PendingWrite pending = new PendingWrite(store, rows(2));

      OnlineStoreException failure = pending.untilItFailsWith("#features");
      pending.untilDone();

      assertThat(failure).hasMessageStartingWith("Cannot write 1 rows: redis at 127.0.0.1:");
      try (RedisOnlineStore direct = RedisOnlineStore.open(servers.replicaUri())) {
        assertThat(content(direct.read(List.of(ATLANTA), new int[] {1})[0][0]))
            .isEqualTo("round 2");
      }
    }
  }

  private static List<Upsert> rows(int round) {
    return List.of(upsert(ATLANTA, 1, version(1, round, 1), "round " + round));
  }
}
