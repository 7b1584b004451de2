package io.freshet.platform.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A complete checkpoint or savepoint in a folder.
 *
 * @param uri without a slash at its end, as the cluster writes it
 * @param number it grows from one to the next of an attempt
 * @param completedAt when its metadata was written
 * @param fault why it cannot be used, as far as its metadata tells, or null
 */
record RestorePoint(
    String uri, Kind kind, long number, Instant completedAt, @Nullable String fault) {
  /** What differs is what may change when a job goes on from it. */
  enum Kind {
    /** In the form of its state backend, which must stay. */
    CHECKPOINT,
    /** In a form that every state backend reads. */
    SAVEPOINT
  }
}
