package io.freshet.store.redis;

import static io.freshet.store.testing.Rows.content;
import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.freshet.error.ErrorCategory;
import io.freshet.servers.testing.FreePorts;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.Upsert;
import io.freshet.store.UpsertResult;
import io.freshet.store.ViewProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller sees when the server is slow, gone, or back again. */
@Timeout(60)
class RedisFaultsTest {
  private static final int VIEW = 1;
  private static final EntityRef ATLANTA = entity("ATL");
  private static final Duration READ_TIMEOUT = Duration.ofMillis(300);
  private static final Duration WRITE_TIMEOUT = Duration.ofMillis(600);
  private static final RedisSettings SETTINGS =
      RedisSettings.DEFAULTS
          .withReadTimeout(READ_TIMEOUT)
          .withWriteTimeout(WRITE_TIMEOUT)
          .withBatches(10, 20);

  /** For what must not end by a timeout, however busy the machine is. */
  private static final RedisSettings PATIENT =
      RedisSettings.DEFAULTS
          .withReadTimeout(Duration.ofSeconds(30))
          .withWriteTimeout(Duration.ofSeconds(30))
          .withBatches(10, 20);

  private RedisFixture redis;
  private RedisAdmin admin;
  private RedisOnlineStore store;

  @BeforeEach
  void open() {
    redis = RedisFixture.start();
    admin = RedisAdmin.of(redis.uri());
    store = RedisOnlineStore.open(redis.uri(), SETTINGS);
  }

  @AfterEach
  void close() {
    store.close();
    admin.close();
    redis.close();
  }

  @Test
  void recoversWhenTheServersScriptsAreFlushed() {
    reopen(PATIENT);
    for (int round = 1; round <= 5; round++) {
      assertThat(write(rows(100, round))).isEqualTo(new UpsertResult(100, 0));
      assertThat(scripts()).isPositive();
      admin.commands().scriptFlush();
    }
  }

  @Test
  void losesNoRowWhileScriptsAreFlushedAgainAndAgain() {
    reopen(PATIENT);
    List<CompletableFuture<UpsertResult>> writes = new ArrayList<>();
    for (int round = 1; round <= 50; round++) {
      writes.add(store.upsert(rows(200, round)).toCompletableFuture());
      admin.commands().scriptFlush();
    }
    int applied = writes.stream().mapToInt(write -> write.join().applied()).sum();

    assertThat(applied).isBetween(200, 50 * 200);
    assertThat(read("k0")).isEqualTo("round 50");
    assertThat(read("k199")).isEqualTo("round 50");
  }

  @Test
  void callsAWriteThatWasNotAnsweredAnUnknownOutcome() {
    write(rows(1, 1));
    admin.commands().clientPause(3_000);

    OnlineStoreException failure = writeFailure(rows(100, 2));

    assertThat(failure.category()).isEqualTo(ErrorCategory.UNKNOWN_OUTCOME);
    assertThat(failure)
        .hasMessageStartingWith("Cannot write 100 rows: redis at 127.0.0.1:")
        .hasMessageEndingWith(": no answer within 600 ms, write the same again");
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(() -> "round 2".equals(read("k99")));
    assertThat(write(rows(100, 2))).isEqualTo(new UpsertResult(0, 100));
  }

  @Test
  void survivesARestartWithAnUnknownOutcomeAndASuccessfulRepeat() {
    write(rows(100, 1));
    admin.commands().clientPause(60_000);
    CompletableFuture<UpsertResult> underWay = store.upsert(rows(100, 2)).toCompletableFuture();
    redis.kill();

    OnlineStoreException failure = failureOf(underWay);
    assertThat(failure.category()).isEqualTo(ErrorCategory.UNKNOWN_OUTCOME);

    redis.restart();
    UpsertResult repeated =
        await()
            .atMost(Duration.ofSeconds(10))
            .ignoreExceptions()
            .until(() -> write(rows(100, 2)), result -> result.applied() > 0);
    assertThat(repeated).isEqualTo(new UpsertResult(100, 0));
    assertThat(read("k0")).isEqualTo("round 2");
  }

  @Test
  void refusesReadsAndWritesAtOnceWhileTheServerIsGone() {
    reopen(PATIENT);
    redis.stop();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(readFailure()).hasMessageContaining("not connected"));
    long start = System.nanoTime();

    OnlineStoreException read = readFailure();
    OnlineStoreException write = writeFailure(rows(100, 1));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENT.readTimeout());
    assertThat(read.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
    assertThat(write.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
  }

  @Test
  void failsAReadWithinItsTimeoutWhenTheServerDoesNotAnswer() {
    admin.commands().clientPause(60_000);
    long start = System.nanoTime();

    OnlineStoreException failure = readFailure();

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(READ_TIMEOUT, READ_TIMEOUT.plusSeconds(10));
    assertThat(failure.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
    assertThat(failure)
        .hasMessageStartingWith("Cannot read rows of 1 entities: redis at 127.0.0.1:")
        .hasMessageEndingWith(
            "no answer within 300 ms, check the server's load or raise readTimeout");
  }

  @Test
  void failsAReadWithinItsTimeoutWhenTheServerStops() {
    admin.commands().clientPause(60_000);
    CompletableFuture<OnlineStoreException> underWay =
        CompletableFuture.supplyAsync(this::readFailure);
    redis.kill();

    assertThat(underWay.orTimeout(5, TimeUnit.SECONDS).join().category())
        .isEqualTo(ErrorCategory.UNAVAILABLE);
  }

  @Test
  void readsAgainSoonAfterTheServerIsBack() {
    redis.kill();
    await().atMost(Duration.ofSeconds(5)).until(() -> readFailure() != null);
    redis.restart();

    await()
        .atMost(Duration.ofSeconds(5))
        .ignoreExceptions()
        .until(() -> store.read(List.of(ATLANTA), new int[] {VIEW}).length == 1);
  }

  @Test
  void refusesReadsAtOnceWhileTheServerHangsAndServesThemWhenItAnswersAgain() {
    try (RedisOnlineStore bounded =
        RedisOnlineStore.open(redis.uri(), SETTINGS.withMaxUnansweredReads(1_000))) {
      admin.commands().clientPause(5_000);
      List<EntityRef> many = IntStream.range(0, 700).mapToObj(i -> entity("k" + i)).toList();
      for (int i = 0; i < 3; i++) {
        assertThat(readFailure(bounded, many)).hasMessageContaining("no answer within 300 ms");
      }

      OnlineStoreException refused = readFailure(bounded, many);

      assertThat(refused.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
      assertThat(refused)
          .hasMessageEndingWith("too many reads unanswered, check whether the server hangs");
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> bounded.read(many, new int[] {VIEW}).length == 700);
    }
  }

  @Test
  void doesNotQueueReadsBehindWrites() {
    reopen(PATIENT);
    List<CompletableFuture<UpsertResult>> writes = new ArrayList<>();
    for (int round = 1; round <= 20; round++) {
      writes.add(store.upsert(rows(5_000, round)).toCompletableFuture());
    }

    store.read(List.of(ATLANTA), new int[] {VIEW});

    assertThat(writes).anySatisfy(write -> assertThat(write).isNotDone());
    writes.forEach(write -> write.handle((result, failure) -> null).join());
  }

  @Test
  void saysWhatToDoWhenNoServerListens() {
    int port = FreePorts.find(1)[0];

    assertThatThrownBy(() -> RedisOnlineStore.open("redis://user:secret@127.0.0.1:" + port))
        .isInstanceOfSatisfying(
            OnlineStoreException.class,
            e -> assertThat(e.category()).isEqualTo(ErrorCategory.UNAVAILABLE))
        .hasMessageStartingWith("Cannot open the online store: redis at 127.0.0.1:" + port + ": ")
        .hasMessageContaining("Connection refused")
        .hasMessageEndingWith(", start the server or correct the address")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesAnAddressOfAnotherKind() {
    for (String address :
        List.of(
            "127.0.0.1:6379",
            "http://user:secret@host",
            "",
            "redis://",
            "redis-cluster://",
            "redis-cluster://user:secret@one:1,:2",
            "redis-cluster://user:secret@one:1/3",
            "redis-sentinel://user:secret@one:1")) {
      assertThatThrownBy(() -> RedisOnlineStore.open(address))
          .as(address)
          .isInstanceOfSatisfying(
              OnlineStoreException.class,
              e -> assertThat(e.category()).isEqualTo(ErrorCategory.USER))
          .hasMessageContaining("is no address, give one like redis://host:port,")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void releasesItsConnectionsWhenClosed() {
    write(rows(1, 1));
    assertThat(connections()).isEqualTo(2);

    store.close();
    store.close();

    await().atMost(Duration.ofSeconds(5)).until(() -> connections() == 0);
    assertThat(readFailure().category()).isEqualTo(ErrorCategory.UNAVAILABLE);
    assertThat(writeFailure(rows(1, 2))).hasMessageEndingWith(": it is closed, open another");
    assertThat(
            failureOf(store.advance(List.of(new ViewProgress("p", 1, 1, 1))).toCompletableFuture()))
        .hasMessageContaining("record the progress of 1 views");
  }

  private void reopen(RedisSettings settings) {
    store.close();
    store = RedisOnlineStore.open(redis.uri(), settings);
  }

  private @Nullable String read(String key) {
    return content(store.read(List.of(entity(key)), new int[] {VIEW})[0][0]);
  }

  private static List<Upsert> rows(int count, int round) {
    return IntStream.range(0, count)
        .mapToObj(i -> upsert(entity("k" + i), VIEW, version(1, round, 0), "round " + round))
        .toList();
  }

  private UpsertResult write(List<Upsert> rows) {
    return store.upsert(rows).toCompletableFuture().join();
  }

  private OnlineStoreException writeFailure(List<Upsert> rows) {
    return failureOf(store.upsert(rows).toCompletableFuture());
  }

  private static OnlineStoreException failureOf(CompletableFuture<?> write) {
    CompletionException failure = catchThrowableOfType(CompletionException.class, write::join);
    assertThat(failure).isNotNull().hasCauseInstanceOf(OnlineStoreException.class);
    return (OnlineStoreException) requireNonNull(failure.getCause());
  }

  private OnlineStoreException readFailure() {
    return readFailure(store, List.of(ATLANTA));
  }

  private static OnlineStoreException readFailure(
      RedisOnlineStore store, List<EntityRef> entities) {
    OnlineStoreException failure =
        catchThrowableOfType(
            OnlineStoreException.class, () -> store.read(entities, new int[] {VIEW}));
    return requireNonNull(failure, "the read succeeded");
  }

  private long scripts() {
    return admin
        .commands()
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("number_of_cached_scripts:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
        .sum();
  }

  private long connections() {
    return admin
        .commands()
        .clientList()
        .lines()
        .filter(line -> line.contains("name=freshet"))
        .count();
  }
}
