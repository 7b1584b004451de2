package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.StateBackend;
import io.freshet.plan.StreamingJobPlan;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.checkpoint.CheckpointRetentionPolicy;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.tasks.CheckpointCoordinatorConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class JobSettingsTest {
  @Test
  void thePlansCheckpointsReachTheJobGraph() {
    StreamingJobPlan plan = plan(Delivery.EXACTLY_ONCE, StateBackend.ROCKSDB);
    CheckpointCoordinatorConfiguration checkpoints = checkpoints(plan);

    assertThat(checkpoints.getCheckpointInterval()).isEqualTo(20_000);
    assertThat(checkpoints.getCheckpointTimeout()).isEqualTo(90_000);
    assertThat(checkpoints.getMinPauseBetweenCheckpoints()).isEqualTo(5_000);
    assertThat(checkpoints.isExactlyOnce()).isTrue();
    assertThat(checkpoints.isUnalignedCheckpointsEnabled()).isTrue();
    assertThat(checkpoints.getMaxConcurrentCheckpoints()).isEqualTo(1);
    assertThat(checkpoints.getCheckpointRetentionPolicy())
        .isEqualTo(CheckpointRetentionPolicy.RETAIN_ON_CANCELLATION);
    assertThat(checkpoints.getTolerableCheckpointFailureNumber()).isEqualTo(39);

    Configuration settings = JobSettings.of(plan);
    assertThat(settings.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    assertThat(settings.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
    assertThat(settings.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS)).isEqualTo(7);
  }

  @Test
  void barriersOfAJobThatDeliversAtLeastOnceNeverOvertake() {
    StreamingJobPlan plan = plan(Delivery.AT_LEAST_ONCE, StateBackend.HASHMAP);
    CheckpointCoordinatorConfiguration checkpoints = checkpoints(plan);

    assertThat(checkpoints.isExactlyOnce()).isFalse();
    assertThat(checkpoints.isUnalignedCheckpointsEnabled()).isFalse();
    assertThat(checkpoints.getTolerableCheckpointFailureNumber()).isEqualTo(Integer.MAX_VALUE);
    assertThat(JobSettings.of(plan).get(StateBackendOptions.STATE_BACKEND)).isEqualTo("hashmap");
    assertThat(JobSettings.of(plan).get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isFalse();
  }

  private static CheckpointCoordinatorConfiguration checkpoints(StreamingJobPlan plan) {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(JobSettings.of(plan));
    StreamingJob.wire(env, plan);
    JobGraph graph = env.getStreamGraph().getJobGraph();
    return graph.getCheckpointingSettings().getCheckpointCoordinatorConfiguration();
  }

  private static StreamingJobPlan plan(Delivery delivery, StateBackend backend) {
    return new StreamingJobPlan(
        "freshet-settings",
        Flights.source("settings"),
        delivery,
        List.of(),
        "none:1",
        "redis://none:1",
        FeatureLogPlan.to("/none"),
        new CheckpointPlan("file:///none", 20_000, 90_000, 5_000, 7, true, backend),
        50);
  }
}
