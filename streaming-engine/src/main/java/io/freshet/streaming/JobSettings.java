package io.freshet.streaming;

import io.freshet.plan.Delivery;
import io.freshet.plan.StreamingJobPlan;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** What a job asks of Flink: checkpoints, restarts without an end, no reflection on records. */
final class JobSettings {
  private static final int MAX_PARALLELISM = 128;
  private static final Duration FIRST_RESTART_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_RESTART_PAUSE = Duration.ofSeconds(30);

  private JobSettings() {}

  static Configuration of(StreamingJobPlan plan) {
    Configuration settings = new Configuration();
    settings.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(plan.checkpoints().intervalMillis()));
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
        plan.delivery() == Delivery.EXACTLY_ONCE
            ? CheckpointingMode.EXACTLY_ONCE
            : CheckpointingMode.AT_LEAST_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, plan.checkpoints().directory());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, plan.checkpoints().retained());
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        FIRST_RESTART_PAUSE);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        LONGEST_RESTART_PAUSE);
    settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    return settings;
  }
}
