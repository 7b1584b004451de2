package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.Servers;
import io.freshet.benchmark.lab.Topics;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StateBackend;
import io.freshet.store.OnlineStoreReader;
import io.freshet.store.redis.RedisOnlineStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Two jobs over the same texts, one with its state on RocksDB and one on the heap. Between two
 * checkpoints a share of the keys changes; in the end both are killed and restored.
 */
final class StateComparison {
  private static final List<Double> SHARES = List.of(0.05, 0.2, 0.5);
  private static final String TOPIC = "texts";

  private final Changes changes;
  private final int keys;
  private final int repetitions;
  private final CheckpointTable table = new CheckpointTable();

  private StateComparison(Changes changes, int keys, int repetitions) {
    this.changes = changes;
    this.keys = keys;
    this.repetitions = repetitions;
  }

  static String run(Servers servers, int keys, int repetitions, long seed) throws Exception {
    servers.emptyRedis();
    SourcePlan source = TextState.source(TOPIC);
    try (Topics topics = Topics.create(servers.kafka(), source, 1);
        RedisOnlineStore store = servers.openStore()) {
      Changes changes = new Changes(topics, keys, seed);
      return new StateComparison(changes, keys, repetitions).compare(servers, store);
    }
  }

  private String compare(Servers servers, OnlineStoreReader store) throws Exception {
    List<Long> marks = marks();
    try (StateJob rocks = StateJob.start(servers, store, TOPIC, StateBackend.ROCKSDB, marks);
        StateJob heap = StateJob.start(servers, store, TOPIC, StateBackend.HASHMAP, marks)) {
      change(1, rocks, heap);
      rocks.checkpoint(CheckpointKind.CONFIGURED);
      heap.checkpoint(CheckpointKind.CONFIGURED);
      for (int i = 0; i < repetitions; i++) {
        for (double share : SHARES) {
          change(share, rocks, heap);
          table.add(share, "RocksDB, incremental", rocks.checkpoint(CheckpointKind.CONFIGURED));
          change(share, rocks, heap);
          table.add(share, "RocksDB, full", rocks.checkpoint(CheckpointKind.FULL));
          table.add(share, "heap, full", heap.checkpoint(CheckpointKind.CONFIGURED));
        }
      }
      return table.text()
          + "\n"
          + new RecoveryTable(changes)
              .row("RocksDB", rocks, repetitions)
              .row("heap", heap, repetitions)
              .text();
    }
  }

  /** Sends changes, and returns once both jobs have taken them in and served them. */
  private void change(double share, StateJob one, StateJob other) throws Exception {
    Changes.Sent last = changes.send(share);
    one.awaitMark();
    other.awaitMark();
    one.awaitServed(last);
    other.awaitServed(last);
  }

  /** How many events each {@link #change} leads to. */
  private List<Long> marks() {
    List<Long> marks = new ArrayList<>(List.of((long) keys));
    long sent = keys;
    for (int i = 0; i < repetitions; i++) {
      for (double share : SHARES) {
        sent += Changes.keysOf(keys, share);
        marks.add(sent);
        sent += Changes.keysOf(keys, share);
        marks.add(sent);
      }
    }
    return marks;
  }
}
