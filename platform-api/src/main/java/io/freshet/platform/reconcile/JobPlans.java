package io.freshet.platform.reconcile;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.lookup.OnlineStoreSettings;
import io.freshet.platform.warehouse.WarehouseSettings;
import java.util.List;

/** What streaming jobs are started with. */
final class JobPlans {
  private final FlinkSettings flink;
  private final KafkaSettings kafka;
  private final OnlineStoreSettings onlineStore;
  private final WarehouseSettings warehouse;
  private final String checkpointUri;

  JobPlans(
      FlinkSettings flink,
      KafkaSettings kafka,
      OnlineStoreSettings onlineStore,
      WarehouseSettings warehouse) {
    this.warehouse = warehouse;
    this.flink = flink;
    this.kafka = kafka;
    this.onlineStore = onlineStore;
    this.checkpointUri = new RetainedCheckpoints(flink.checkpointDir()).uri();
  }

  StreamingJobPlan of(JobKey key, SourcePlan source, List<ViewPlan> views) {
    return new StreamingJobPlan(
        key.jobName(),
        source,
        key.delivery(),
        views,
        kafka.bootstrapServers(),
        onlineStore.uri(),
        FeatureLogPlan.to(warehouse.root()),
        CheckpointPlan.every(checkpointUri, flink.checkpointInterval().toMillis()),
        flink.flushInterval().toMillis());
  }
}
