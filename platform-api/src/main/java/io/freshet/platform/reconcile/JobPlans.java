package io.freshet.platform.reconcile;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StateBackend;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.lookup.OnlineStoreSettings;
import io.freshet.platform.reconcile.FlinkSettings.BackendSetting;
import io.freshet.platform.warehouse.WarehouseSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What streaming jobs are started with, and whether one that runs still is as it would be. */
@Component
class JobPlans {
  private final FlinkSettings flink;
  private final KafkaSettings kafka;
  private final OnlineStoreSettings onlineStore;
  private final WarehouseSettings warehouse;
  private final BackendChoice backends;
  private final StreamSettingTable wishes;
  private final JobJar jar;
  private final String checkpointUri;

  JobPlans(
      FlinkSettings flink,
      KafkaSettings kafka,
      OnlineStoreSettings onlineStore,
      WarehouseSettings warehouse,
      BackendChoice backends,
      StreamSettingTable wishes,
      JobJar jar) {
    this.flink = flink;
    this.kafka = kafka;
    this.onlineStore = onlineStore;
    this.warehouse = warehouse;
    this.backends = backends;
    this.wishes = wishes;
    this.jar = jar;
    this.checkpointUri = new RetainedCheckpoints(flink.checkpointDir()).uri();
  }

  /**
   * @param kept the state backend that must stay, or null if it may be chosen
   */
  JobStart start(JobKey key, SourcePlan source, List<ViewPlan> views, @Nullable StateBackend kept) {
    BackendChoice.Chosen backend = kept == null ? backends.of(views) : backends.kept(kept, views);
    return new JobStart(
        plan(key, source, views, backend.backend()),
        new Launch(
            wantedParallelism(key),
            jar.name().orElse(null),
            backend.stateBytes(),
            backend.reason()));
  }

  int wantedParallelism(JobKey key) {
    return wishes.parallelism(key);
  }

  /**
   * How a running job differs from how it would be started now, one difference an entry. Its source
   * and views are no difference, they come by the definitions topic; nor is a state backend that
   * was chosen for it.
   */
  List<String> differences(StreamingJob running) {
    List<String> found = new ArrayList<>();
    int parallelism = wantedParallelism(running.key());
    if (running.launch().parallelism() != parallelism) {
      found.add("parallelism %d to %d".formatted(running.launch().parallelism(), parallelism));
    }
    String before = running.launch().jar();
    jar.name()
        .filter(name -> !name.equals(before))
        .ifPresent(name -> found.add("release %s to %s".formatted(before, name)));
    StreamingJobPlan is = running.plan();
    StateBackend backend =
        flink.stateBackend() == BackendSetting.AUTO
            ? is.checkpoints().stateBackend()
            : StateBackend.valueOf(flink.stateBackend().name());
    StreamingJobPlan wanted = plan(running.key(), is.source(), is.views(), backend);
    if (!is.checkpoints().equals(wanted.checkpoints())) {
      found.add("the settings of checkpoints and state");
    } else if (!is.equals(wanted)) {
      found.add("the settings of Kafka, the online store or the feature logs");
    }
    return found;
  }

  private StreamingJobPlan plan(
      JobKey key, SourcePlan source, List<ViewPlan> views, StateBackend backend) {
    return new StreamingJobPlan(
        key.jobName(),
        source,
        key.delivery(),
        views,
        kafka.bootstrapServers(),
        onlineStore.uri(),
        new FeatureLogPlan(warehouse.root(), flink.transactionTimeout().toMillis()),
        new CheckpointPlan(
            checkpointUri,
            flink.checkpointInterval().toMillis(),
            flink.checkpointTimeout().toMillis(),
            flink.checkpointMinPause().toMillis(),
            flink.checkpointsRetained(),
            flink.checkpointsUnaligned() && key.delivery() == Delivery.EXACTLY_ONCE,
            backend),
        flink.flushInterval().toMillis());
  }
}
