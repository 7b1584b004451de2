package io.freshet.platform.reconcile.flink;

import org.jspecify.annotations.Nullable;

/**
 * A savepoint that was asked for.
 *
 * @param path where it is, once it is completed
 * @param problem why it failed, if it did
 */
public record Savepoint(State state, @Nullable String path, @Nullable String problem) {
  /** How far it is. */
  public enum State {
    IN_PROGRESS,
    COMPLETED,
    FAILED
  }
}
