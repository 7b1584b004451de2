package io.freshet.plan;

/** Where a streaming job keeps its state. */
public enum StateBackend {
  /** On the heap: quickest, for state that fits into it several times. */
  HASHMAP,
  /** On disk, with checkpoints of what changed: for state of any size. */
  ROCKSDB
}
