package io.freshet.benchmark.streaming;

import io.freshet.plan.StateBackend;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
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
    settings.set(
        StateBackendOptions.STATE_BACKEND,
        order.plan().checkpoints().stateBackend() == StateBackend.ROCKSDB ? "rocksdb" : "hashmap");
    settings.set(
        CheckpointingOptions.INCREMENTAL_CHECKPOINTS,
        order.plan().checkpoints().stateBackend() == StateBackend.ROCKSDB);
    Map<String, String> more = order.settings();
    more.forEach(settings::setString);
    return settings;
  }

  /** The settings that the engine's job has, for jobs that have none of their own. */
  static Configuration checkpointed(WorkOrder order) {
    Configuration settings = new Configuration();
    settings.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL,
        Duration.ofMillis(order.plan().checkpoints().intervalMillis()));
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, order.plan().checkpoints().directory());
    return settings;
  }
}
