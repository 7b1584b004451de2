package io.freshet.streaming;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.StateBackend;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.streaming.log.TransactionBounds;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** What a job asks of Flink: checkpoints, restarts without an end, no reflection on records. */
final class JobSettings {
  private static final int MAX_PARALLELISM = 128;
  private static final Duration FIRST_RESTART_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_RESTART_PAUSE = Duration.ofSeconds(30);

  private JobSettings() {}

  static Configuration of(StreamingJobPlan plan) {
    Configuration settings = new Configuration();
    checkpoint(settings, plan);
    keepState(settings, plan.checkpoints());
    restart(settings);
    settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    return settings;
  }

  private static void checkpoint(Configuration settings, StreamingJobPlan plan) {
    CheckpointPlan checkpoints = plan.checkpoints();
    boolean exactlyOnce = plan.delivery() == Delivery.EXACTLY_ONCE;
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, millis(checkpoints.intervalMillis()));
    settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, millis(checkpoints.timeoutMillis()));
    settings.set(
        CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, millis(checkpoints.minPauseMillis()));
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
        exactlyOnce ? CheckpointingMode.EXACTLY_ONCE : CheckpointingMode.AT_LEAST_ONCE);
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, exactlyOnce && checkpoints.unaligned());
    settings.set(
        CheckpointingOptions.TOLERABLE_FAILURE_NUMBER,
        TransactionBounds.tolerableFailedCheckpoints(plan));
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.directory());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // Flink reads it of the cluster's settings only; the job's say what was meant.
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, checkpoints.retained());
  }

  private static void keepState(Configuration settings, CheckpointPlan checkpoints) {
    boolean onDisk = checkpoints.stateBackend() == StateBackend.ROCKSDB;
    settings.set(StateBackendOptions.STATE_BACKEND, onDisk ? "rocksdb" : "hashmap");
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, onDisk);
  }

  private static void restart(Configuration settings) {
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        FIRST_RESTART_PAUSE);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        LONGEST_RESTART_PAUSE);
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
