package io.freshet.benchmark.streaming;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.StateBackend;
import java.time.Duration;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Lets whatever job this JVM starts run in a cluster within it, on 127.0.0.1. */
@SuppressWarnings(
    "try") // There is no instance to be closed: it extends for what is protected there.
final class LocalCluster extends StreamExecutionEnvironment {
  private static final String LOOPBACK = "127.0.0.1";

  private LocalCluster() {}

  /** What the order says of the cluster wins over what the job says. */
  static void install(WorkOrder order) {
    Configuration cluster = settings(order);
    initializeContextEnvironment(
        job -> {
          Configuration all = new Configuration(job);
          all.addAll(cluster);
          return new StreamExecutionEnvironment(all);
        });
  }

  private static Configuration settings(WorkOrder order) {
    Configuration settings = new Configuration();
    settings.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    settings.set(DeploymentOptions.ATTACHED, true);
    settings.set(CoreOptions.DEFAULT_PARALLELISM, order.parallelism());
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(RestOptions.ADDRESS, LOOPBACK);
    settings.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    settings.set(JobManagerOptions.ADDRESS, LOOPBACK);
    settings.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
    settings.set(MetricOptions.REPORTERS_LIST, "events");
    settings.setString("metrics.reporter.events.factory.class", EventsRead.class.getName());
    order.settings().forEach(settings::setString);
    return settings;
  }

  /** What the engine's job asks of Flink, for jobs that have no plan of their own. */
  static Configuration asTheEngine(WorkOrder order) {
    CheckpointPlan checkpoints = order.plan().checkpoints();
    boolean onDisk = checkpoints.stateBackend() == StateBackend.ROCKSDB;
    Configuration settings = new Configuration();
    settings.set(StateBackendOptions.STATE_BACKEND, onDisk ? "rocksdb" : "hashmap");
    settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, onDisk);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(checkpoints.intervalMillis()));
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.directory());
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    return settings;
  }
}
