package io.freshet.streaming.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.servers.testing.FreePorts;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.store.redis.RedisOnlineStore;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A checkpoint waits for a Redis that takes no writes: that is the back pressure. */
@SuppressWarnings("NullAway.Init") // open() sets the fields before each test.
@Timeout(60)
class UpsertSinkRedisTest {
  private static final List<EntityRef> ENTITIES =
      IntStream.range(0, 2_500)
          .mapToObj(i -> new EntityRef("p", "airport", ("k" + i).getBytes(UTF_8)))
          .toList();

  private RedisFixture redis;
  private RedisClient client;
  private RedisCommands<String, String> admin;
  private OneInputStreamOperatorTestHarness<Upsert, Void> sink;

  @BeforeEach
  void open() throws Exception {
    redis = RedisFixture.start();
    client = RedisClient.create(redis.uri());
    admin = client.connect().sync();
    open(Duration.ofSeconds(30));
  }

  @AfterEach
  void close() throws Exception {
    sink.getOperator().close(); // Not as after a run that ended well, which would flush.
    client.shutdown();
    redis.close();
  }

  @Test
  void waitsWhileRedisIsOutOfMemoryAndLosesNothing() throws Exception {
    admin.configSet("maxmemory-policy", "noeviction");
    admin.configSet("maxmemory", "1mb");

    waitsUntil("OOM", () -> admin.configSet("maxmemory", "0"));
  }

  @Test
  void waitsWhileRedisIsAReplicaAndLosesNothing() throws Exception {
    admin.replicaof("127.0.0.1", FreePorts.find(1)[0]);

    waitsUntil("READONLY", admin::replicaofNoOne);
  }

  @Test
  void failsTheTaskWhenRedisStaysFull() throws Exception {
    sink.getOperator().close();
    open(Duration.ofSeconds(1));
    admin.configSet("maxmemory-policy", "noeviction");
    admin.configSet("maxmemory", "1mb");
    send();

    assertThatThrownBy(() -> sink.prepareSnapshotPreBarrier(1))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageContaining("OOM")
        .hasMessageEndingWith("the job goes on from its last checkpoint once the store is back");
  }

  private void waitsUntil(String code, Runnable mending) throws Exception {
    CompletableFuture<Void> mended =
        CompletableFuture.runAsync(
            () -> {
              await().atMost(Duration.ofSeconds(30)).until(() -> refusals(code) > 2);
              assertThat(sink.getOutput()).isEmpty();
              mending.run();
            });
    send();
    sink.processWatermark(10);

    sink.prepareSnapshotPreBarrier(1);

    mended.join();
    assertThat(sink.getOutput()).containsExactly(new Watermark(10));
    try (RedisOnlineStore store = RedisOnlineStore.open(redis.uri())) {
      for (@Nullable StoredRow[] row : store.read(ENTITIES, new int[] {1})) {
        assertThat(row[0]).isNotNull();
      }
    }
  }

  /** How often the server has refused; Redis 6.2 counts what a script is refused as ERR. */
  private long refusals(String code) {
    return admin
        .info("errorstats")
        .lines()
        .filter(line -> line.startsWith("errorstat_" + code) || line.startsWith("errorstat_ERR"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1).strip()))
        .sum();
  }

  private void open(Duration giveUpAfter) throws Exception {
    String address = redis.uri();
    sink =
        new OneInputStreamOperatorTestHarness<>(
            new UpsertSink(
                () -> RedisOnlineStore.open(address),
                100,
                new RetryPolicy(Duration.ofMillis(10), Duration.ofMillis(100), giveUpAfter)));
    sink.open();
  }

  private void send() throws Exception {
    for (EntityRef entity : ENTITIES) {
      sink.processElement(new Upsert(entity, 1, new Version(1, 10, 1), new byte[] {1}, 60_000), 10);
    }
  }
}
