package io.freshet.store.redis;

import static io.freshet.store.testing.Rows.content;
import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.error.ErrorCategory;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.protocol.CommandType;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes that a server refuses for a while, and that their writer repeats. */
@Timeout(90)
class RedisPendingWritesTest {
  private static final int VIEW = 1;
  private static final List<EntityRef> ENTITIES =
      IntStream.range(0, 1_000).mapToObj(i -> entity("k" + i)).toList();

  private RedisFixture redis;
  private RedisAdmin admin;
  private RedisOnlineStore store;

  @BeforeEach
  void open() {
    redis = RedisFixture.start();
    admin = RedisAdmin.of(redis.uri());
    store = RedisOnlineStore.open(redis.uri());
  }

  @AfterEach
  void close() {
    store.close();
    admin.close();
    redis.close();
  }

  @Test
  void aReadOnlyReplicaAcceptsNoWriteAsDoneUntilItIsTheMaster() {
    try (RedisFixture master = RedisFixture.start()) {
      admin.commands().replicaof("127.0.0.1", URI.create(master.uri()).getPort());
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> admin.commands().info("replication").contains("master_link_status:up"));
      PendingWrite pending = new PendingWrite(store, rows(1));
      long connection = newestConnection();

      OnlineStoreException failure = pending.untilItFailsWith("READONLY");

      assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
      assertThat(failure)
          .hasMessageEndingWith("wait for the failover or give the address of the master");
      assertThat(contents()).containsOnlyNulls();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(newestConnection()).isGreaterThan(connection));
      admin.commands().replicaofNoOne();
      assertThat(pending.untilDone()).isEqualTo(new UpsertResult(ENTITIES.size(), 0));
      assertThat(contents()).containsOnly("round 1");
    }
  }

  @Test
  void aFullServerLosesNothingOnceItHasMemoryAgain() {
    new PendingWrite(store, rows(1)).untilDone();
    admin.commands().configSet("maxmemory-policy", "noeviction");
    admin.commands().configSet("maxmemory", "1mb");
    PendingWrite pending = new PendingWrite(store, rows(2));

    OnlineStoreException failure = pending.untilItFailsWith("OOM");

    assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
    assertThat(failure)
        .hasMessageEndingWith("raise the server's maxmemory or shorten the views' ttl");
    assertThat(contents()).doesNotContainNull();
    admin.commands().configSet("maxmemory", "0");
    pending.untilDone();
    assertThat(contents()).containsOnly("round 2");
  }

  @Test
  void aServerThatLoadsItsDataIsWaitedFor() {
    new PendingWrite(store, rows(1)).untilDone();
    fillWithOtherData();
    admin.commands().configSet("key-load-delay", "5000");
    try (RedisAdmin loader = RedisAdmin.of(redis.uri())) {
      loader.connection().setTimeout(Duration.ofSeconds(60));
      CompletableFuture<Void> loading =
          CompletableFuture.runAsync(() -> loader.commands().debugReload());
      PendingWrite pending = new PendingWrite(store, rows(2));
      List<OnlineStoreException> failures = new ArrayList<>();

      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                OnlineStoreException failure = pending.attempt();
                if (failure != null) {
                  failures.add(failure);
                }
                return loading.isDone();
              });

      loading.join();
      pending.untilDone();
      assertThat(failures)
          .anySatisfy(
              failure -> {
                assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
                assertThat(failure)
                    .hasMessageContaining("LOADING")
                    .hasMessageEndingWith("wait until the server has loaded its data");
              });
      assertThat(contents()).containsOnly("round 2");
    }
  }

  @Test
  void aWriterWithoutPermissionGivesUpAtOnce() {
    admin
        .commands()
        .aclSetuser(
            "reader",
            AclSetuserArgs.Builder.on()
                .nopass()
                .keyPattern("*")
                .addCommand(CommandType.HMGET)
                .addCommand(CommandType.HELLO));
    String address = redis.uri().replace("redis://", "redis://reader:any@");

    try (RedisOnlineStore reader = RedisOnlineStore.open(address)) {
      PendingWrite pending = new PendingWrite(reader, rows(1));

      assertThatThrownBy(pending::attempt)
          .isInstanceOfSatisfying(
              OnlineStoreException.class,
              e -> assertThat(e.category()).isEqualTo(ErrorCategory.INTERNAL))
          .hasMessageContaining("NOPERM")
          .hasMessageEndingWith("evalsha and eval on f:* and p:*");
    }
  }

  /** While it loads, a server answers every two megabytes only. */
  private void fillWithOtherData() {
    Random random = new Random(1);
    byte[] value = new byte[64 << 10];
    for (int i = 0; i < 300; i++) {
      random.nextBytes(value);
      admin.commands().set(("other:" + i).getBytes(UTF_8), value);
    }
  }

  /** The highest id of the store's connections: each connection has a higher one than before. */
  private long newestConnection() {
    return admin
        .commands()
        .clientList()
        .lines()
        .filter(line -> line.contains("name=freshet"))
        .mapToLong(line -> Long.parseLong(line.substring(3, line.indexOf(' '))))
        .max()
        .orElse(0);
  }

  private List<@Nullable String> contents() {
    List<@Nullable String> contents = new ArrayList<>();
    for (@Nullable StoredRow[] row : store.read(ENTITIES, new int[] {VIEW})) {
      contents.add(content(row[0]));
    }
    return contents;
  }

  private static List<Upsert> rows(int round) {
    return ENTITIES.stream()
        .map(entity -> upsert(entity, VIEW, version(1, round, 1), "round " + round))
        .toList();
  }
}
