package io.freshet.platform.reconcile.flink;

import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a job since it was submitted.
 *
 * @param latest the newest completed one, or null if none completed yet
 * @param restoredFrom the path of the checkpoint that the job began with, or null
 */
public record JobCheckpoints(
    long completed, long failed, @Nullable Completed latest, @Nullable String restoredFrom) {
  static final JobCheckpoints NONE = new JobCheckpoints(0, 0, null, null);

  /**
   * A completed checkpoint.
   *
   * @param path where it is retained
   * @param completedAtMillis milliseconds since the epoch
   */
  public record Completed(
      long id, @Nullable String path, long completedAtMillis, long durationMillis) {}
}
