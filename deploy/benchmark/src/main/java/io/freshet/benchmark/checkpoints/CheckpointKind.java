package io.freshet.benchmark.checkpoints;

/** What is written, by Flink's names. */
enum CheckpointKind {
  /** As the job is set: on RocksDB what has changed, on the heap everything. */
  CONFIGURED,
  /** Everything. */
  FULL
}
