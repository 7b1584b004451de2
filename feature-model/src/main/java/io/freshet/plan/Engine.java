package io.freshet.plan;

/** The engines that materialize views. */
public enum Engine {
  /** Flink. */
  STREAMING,
  /** Spark. */
  BATCH
}
