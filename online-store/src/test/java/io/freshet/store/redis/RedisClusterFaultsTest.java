package io.freshet.store.redis;

import static io.freshet.store.testing.Rows.PROJECT;
import static io.freshet.store.testing.Rows.content;
import static io.freshet.store.testing.Rows.entity;
import static io.freshet.store.testing.Rows.upsert;
import static io.freshet.store.testing.Rows.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.error.ErrorCategory;
import io.freshet.servers.testing.RedisClusterFixture;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.ViewProgress;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller sees while slots move and nodes are gone. */
@Timeout(120)
class RedisClusterFaultsTest {
  private static final int VIEW = 1;
  private static final int KEYS = 120;

  /** All in one slot, for their common tag. */
  private static final List<EntityRef> ONE_SLOT =
      IntStream.range(0, KEYS).mapToObj(i -> entity("{moving}" + i)).toList();

  private static final List<EntityRef> ALL_SLOTS =
      IntStream.range(0, 300).mapToObj(i -> entity("k" + i)).toList();

  private RedisClusterFixture cluster;
  private List<RedisAdmin> admins;
  private RedisOnlineStore store;

  @BeforeEach
  void open() {
    cluster = RedisClusterFixture.start();
    admins = new ArrayList<>();
    IntStream.range(0, RedisClusterFixture.NODES)
        .forEach(node -> admins.add(RedisAdmin.of(cluster.nodeUri(node))));
    store = RedisOnlineStore.open(cluster.uri());
  }

  @AfterEach
  void close() {
    store.close();
    admins.forEach(RedisAdmin::close);
    cluster.close();
  }

  @Test
  void followsASlotThatMovesUnderWrites() throws Exception {
    int slot = SlotHash.getSlot("{moving}");
    int from = RedisClusterFixture.nodeOf(slot);
    int to = (from + 1) % RedisClusterFixture.NODES;
    new PendingWrite(store, rows(ONE_SLOT.subList(0, KEYS / 2), 1)).untilDone();
    AtomicBoolean moved = new AtomicBoolean();
    CompletableFuture<Integer> writing =
        CompletableFuture.supplyAsync(
            () -> {
              int round = 1;
              boolean last = false;
              while (!last) {
                last = moved.get();
                round++;
                assertThat(new PendingWrite(store, rows(ONE_SLOT, round)).untilDone().applied())
                    .isBetween(1, KEYS);
              }
              return round;
            });

    startMoving(slot, from, to);
    await().atMost(Duration.ofSeconds(20)).until(() -> errors(from, "ASK") > 0);
    List<byte[]> someKeys = admins.get(from).commands().clusterGetKeysInSlot(slot, KEYS / 4);
    someKeys.forEach(key -> migrate(key, from, to));
    assertThat(contents(ONE_SLOT).subList(0, KEYS / 2)).doesNotContainNull();
    await().atMost(Duration.ofSeconds(20)).until(() -> errors(to, "TRYAGAIN") > 0);
    List<byte[]> rest = admins.get(from).commands().clusterGetKeysInSlot(slot, KEYS);
    rest.forEach(key -> migrate(key, from, to));
    endMoving(slot, to);
    await().atMost(Duration.ofSeconds(20)).until(() -> errors(from, "MOVED") > 0);
    moved.set(true);

    int rounds = writing.get();
    assertThat(contents(ONE_SLOT)).containsOnly("round " + rounds);
    assertThat(admins.get(from).commands().clusterCountKeysInSlot(slot)).isZero();
    assertThat(admins.get(to).commands().clusterCountKeysInSlot(slot)).isEqualTo(KEYS);
    System.out.printf(
        "%d rounds of writes: %d ASK, %d MOVED, %d TRYAGAIN%n",
        rounds, errors(from, "ASK"), errors(from, "MOVED"), errors(to, "TRYAGAIN"));
  }

  @Test
  void progressAndReadsFollowASlotThatHasMoved() {
    store.advance(List.of(new ViewProgress(PROJECT, VIEW, 1, 1_000))).toCompletableFuture().join();
    byte[] key = ("p:" + PROJECT).getBytes(UTF_8);
    int slot = SlotHash.getSlot(key);
    int from = RedisClusterFixture.nodeOf(slot);
    int to = (from + 1) % RedisClusterFixture.NODES;
    startMoving(slot, from, to);
    migrate(key, from, to);

    assertThat(completeThrough()).isEqualTo(1_000);
    assertThat(errors(from, "ASK")).isPositive();
    endMoving(slot, to);

    store.advance(List.of(new ViewProgress(PROJECT, VIEW, 1, 2_000))).toCompletableFuture().join();
    assertThat(completeThrough()).isEqualTo(2_000);
    assertThat(errors(from, "MOVED")).isPositive();
  }

  @Test
  void writesWaitForAKilledNodeAndAreAllThereWhenItIsBack() {
    new PendingWrite(store, rows(ALL_SLOTS, 1)).untilDone();
    cluster.kill(1);
    PendingWrite pending = new PendingWrite(store, rows(ALL_SLOTS, 2));
    PendingWrite toOthers =
        new PendingWrite(
            store, rows(ALL_SLOTS.stream().filter(entity -> nodeOf(entity) != 1).toList(), 2));

    OnlineStoreException unreached = pending.untilItFailsWith("redis at 127.0.0.1:");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> admins.get(0).commands().clusterInfo().contains("cluster_state:fail"));
    OnlineStoreException down = toOthers.untilItFailsWith("CLUSTERDOWN");

    assertThat(unreached.category()).isIn(ErrorCategory.UNAVAILABLE, ErrorCategory.UNKNOWN_OUTCOME);
    assertThat(down.category()).isEqualTo(ErrorCategory.UNAVAILABLE);
    assertThat(down).hasMessageEndingWith("bring the cluster's missing nodes back");
    cluster.restart(1);
    pending.untilDone();
    assertThat(contents(ALL_SLOTS)).containsOnly("round 2");
  }

  private void startMoving(int slot, int from, int to) {
    admins.get(to).commands().clusterSetSlotImporting(slot, id(from));
    admins.get(from).commands().clusterSetSlotMigrating(slot, id(to));
  }

  private void endMoving(int slot, int to) {
    String owner = id(to);
    admins.get(to).commands().clusterSetSlotNode(slot, owner);
    admins.forEach(admin -> admin.commands().clusterSetSlotNode(slot, owner));
  }

  private void migrate(byte[] key, int from, int to) {
    String uri = cluster.nodeUri(to);
    int port = Integer.parseInt(uri.substring(uri.lastIndexOf(':') + 1));
    admins.get(from).commands().migrate("127.0.0.1", port, key, 0, 5_000);
  }

  private String id(int node) {
    return admins.get(node).commands().clusterMyId();
  }

  /** How often a node has answered with an error. */
  private long errors(int node, String code) {
    return admins
        .get(node)
        .commands()
        .info("errorstats")
        .lines()
        .filter(line -> line.startsWith("errorstat_" + code + ":count="))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1).strip()))
        .sum();
  }

  private static int nodeOf(EntityRef entity) {
    return RedisClusterFixture.nodeOf(SlotHash.getSlot(RedisLayout.entityKey(entity)));
  }

  private long completeThrough() {
    ViewProgress progress = store.progress(PROJECT, new int[] {VIEW}).get(VIEW);
    return progress == null ? -1 : progress.completeThroughMillis();
  }

  private List<@Nullable String> contents(List<EntityRef> entities) {
    List<@Nullable String> contents = new ArrayList<>();
    for (@Nullable StoredRow[] row : store.read(entities, new int[] {VIEW})) {
      contents.add(content(row[0]));
    }
    return contents;
  }

  private static List<Upsert> rows(List<EntityRef> entities, int round) {
    return entities.stream()
        .map(entity -> upsert(entity, VIEW, version(1, round, 1), "round " + round))
        .toList();
  }
}
