package io.freshet.platform.status;

import io.freshet.platform.reconcile.StreamingJob;
import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.JobCheckpoints;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of a streaming job.
 *
 * @param seen null if the cluster does not know it or was out of reach
 * @param metrics sums over its operators, by the last part of their names
 */
record StreamSample(
    StreamingJob job,
    @Nullable FlinkJob seen,
    @Nullable JobCheckpoints checkpoints,
    @Nullable Long restarts,
    Map<String, Double> metrics) {
  static final String DEAD_LETTERS = "deadLetters";
  static final String LATE_EVENTS = "lateEvents";
  static final String DUPLICATE_EVENTS = "duplicateEvents";
  static final String UNREADABLE_DEFINITIONS = "unreadableDefinitions";
  static final String UNUSABLE_HISTORIES = "historiesUnusable";
  static final String PENDING_RECORDS = "pendingRecords";

  StreamSample {
    metrics = Map.copyOf(metrics);
  }

  static StreamSample unseen(StreamingJob job) {
    return new StreamSample(job, null, null, null, Map.of());
  }

  boolean isUp() {
    return seen != null && seen.allTasksRun();
  }

  Optional<Double> metric(String name) {
    return Optional.ofNullable(metrics.get(name));
  }

  Optional<JobCheckpoints.Completed> lastCheckpoint() {
    return Optional.ofNullable(checkpoints).map(JobCheckpoints::latest);
  }
}
