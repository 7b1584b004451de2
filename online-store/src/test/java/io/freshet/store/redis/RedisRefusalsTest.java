package io.freshet.store.redis;

import static io.freshet.store.testing.Rows.PROJECT;
import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.error.ErrorCategory;
import io.freshet.servers.testing.FreePorts;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreException;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a caller is told when the server answers with an error. */
class RedisRefusalsTest {
  private static final EntityRef ATLANTA = entity("ATL");
  private static final byte[] ATLANTA_KEY = "f:flights:airport:ATL".getBytes(UTF_8);

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
  void asksForAnotherKeySpaceWhenAKeyHoldsSomethingElse() {
    admin.commands().set(ATLANTA_KEY, new byte[] {1});

    OnlineStoreException write = writeFailure();
    OnlineStoreException read = readFailure();

    assertThat(List.of(write, read))
        .allSatisfy(
            failure -> {
              assertThat(failure.category()).isEqualTo(ErrorCategory.INTERNAL);
              assertThat(failure)
                  .hasMessageContaining("WRONGTYPE")
                  .hasMessageEndingWith("keep f:* and p:* for Freshet or give it its own database");
            });
  }

  @Test
  void saysThatARowIsCorruptAndGoesOnServingOthers() {
    admin.commands().hset(ATLANTA_KEY, new byte[] {0, 0, 0, 1}, new byte[] {1, 2, 3});
    write(entity("BOS"));

    assertThat(readFailure())
        .hasMessageContaining("a row of 3 bytes has no version of 16 bytes")
        .extracting(OnlineStoreException::category)
        .isEqualTo(ErrorCategory.INTERNAL);
    assertThat(writeFailure().category()).isEqualTo(ErrorCategory.INTERNAL);
    assertThat(store.read(List.of(entity("BOS")), new int[] {1})[0][0]).isNotNull();
  }

  @Test
  void saysThatProgressIsCorrupt() {
    admin.commands().hset("p:flights".getBytes(UTF_8), new byte[] {0, 0, 0, 1}, new byte[] {1});

    assertThatThrownBy(() -> store.progress(PROJECT, new int[] {1}))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("progress of view 1 is 1 bytes long, not 12");
  }

  @Test
  void isUnavailableWhenTheServerIsOutOfMemory() {
    admin.commands().configSet("maxmemory", "1");

    OnlineStoreException failure = writeFailure();

    assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("OOM")
        .hasMessageEndingWith("raise the server's maxmemory or shorten the views' ttl");
    admin.commands().configSet("maxmemory", "0");
    write(ATLANTA);
  }

  @Test
  void isUnavailableWhenTheServerIsAReplica() {
    admin.commands().replicaof("127.0.0.1", FreePorts.find(1)[0]);

    OnlineStoreException failure = writeFailure();

    assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
    assertThat(failure).hasMessageContaining("READONLY");
  }

  @Test
  void isUnavailableWhenAReplicaHasLostItsMaster() {
    admin.commands().configSet("replica-serve-stale-data", "no");
    admin.commands().replicaof("127.0.0.1", FreePorts.find(1)[0]);

    assertThat(List.of(readFailure(), writeFailure()))
        .allSatisfy(
            failure -> {
              assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
              assertThat(failure).hasMessageContaining("MASTERDOWN");
            });
  }

  @Test
  void namesThePermissionsThatAUserLacks() {
    admin
        .commands()
        .aclSetuser(
            "reader",
            AclSetuserArgs.Builder.on()
                .nopass()
                .keyPattern("*")
                .addCommand(CommandType.HMGET)
                .addCommand(CommandType.PING)
                .addCommand(CommandType.HELLO));
    String address = redis.uri().replace("redis://", "redis://reader:any@");

    try (RedisOnlineStore reader = RedisOnlineStore.open(address)) {
      assertThat(reader.read(List.of(ATLANTA), new int[] {1})[0][0]).isNull();

      OnlineStoreException failure = writeFailure(reader);
      assertThat(failure.category()).isEqualTo(ErrorCategory.INTERNAL);
      assertThat(failure).hasMessageContaining("NOPERM").hasMessageContaining("allow the user");
    }
  }

  @Test
  void namesTheMissingPasswordWhenOpened() {
    admin.commands().configSet("requirepass", "secret");

    assertThatThrownBy(() -> RedisOnlineStore.open(redis.uri()))
        .isInstanceOfSatisfying(
            OnlineStoreException.class,
            e -> assertThat(e.category()).isEqualTo(ErrorCategory.INTERNAL))
        .hasMessageContaining("NOAUTH")
        .hasMessageEndingWith("give user and password in the address");
    assertThatThrownBy(
            () -> RedisOnlineStore.open(redis.uri().replace("redis://", "redis://:wrong@")))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("WRONGPASS")
        .hasMessageNotContaining("secret");
    try (RedisOnlineStore let =
        RedisOnlineStore.open(redis.uri().replace("redis://", "redis://:secret@"))) {
      let.upsert(List.of(upsert(ATLANTA, 1, version(1, 1, 1), "row"))).toCompletableFuture().join();
    }
  }

  private void write(EntityRef entity) {
    store.upsert(List.of(upsert(entity, 1, version(1, 1, 1), "row"))).toCompletableFuture().join();
  }

  private OnlineStoreException writeFailure() {
    return writeFailure(store);
  }

  private static OnlineStoreException writeFailure(RedisOnlineStore store) {
    CompletionException failure =
        catchThrowableOfType(
            CompletionException.class,
            () ->
                store
                    .upsert(List.of(upsert(ATLANTA, 1, version(1, 1, 1), "row")))
                    .toCompletableFuture()
                    .join());
    assertThat(failure).isNotNull().hasCauseInstanceOf(OnlineStoreException.class);
    return (OnlineStoreException) requireNonNull(failure.getCause());
  }

  private OnlineStoreException readFailure() {
    OnlineStoreException failure =
        catchThrowableOfType(
            OnlineStoreException.class, () -> store.read(List.of(ATLANTA), new int[] {1}));
    return requireNonNull(failure, "the read succeeded");
  }
}
