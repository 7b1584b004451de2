package io.freshet.streaming;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.StreamingJobPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/** A Flink cluster in this JVM that runs the real job. */
final class JobCluster {
  private final InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
  private final MiniCluster cluster;
  private final Set<JobID> running = new HashSet<>();

  JobCluster() {
    Configuration settings = new Configuration();
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    settings.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 2);
    metrics.addToConfiguration(settings);
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
  }

  void start() throws Exception {
    cluster.start();
  }

  /** Submits the job, from a checkpoint if one is given. */
  JobID submit(StreamingJobPlan plan, int parallelism, @Nullable Path checkpoint) throws Exception {
    return submit(JobSettings.of(plan), plan, parallelism, checkpoint);
  }

  /** Submits the job, which takes no checkpoints but those that {@link #checkpoint} asks for. */
  JobID submitQuiet(StreamingJobPlan plan, int parallelism, @Nullable Path checkpoint)
      throws Exception {
    Configuration settings = JobSettings.of(plan);
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(1));
    settings.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofDays(1));
    return submit(settings, plan, parallelism, checkpoint);
  }

  private JobID submit(
      Configuration settings, StreamingJobPlan plan, int parallelism, @Nullable Path checkpoint)
      throws Exception {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
    env.setParallelism(parallelism);
    StreamingJob.wire(env, plan);
    JobGraph job = env.getStreamGraph().getJobGraph();
    if (checkpoint != null) {
      job.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(checkpoint.toUri().toString()));
    }
    cluster.submitJob(job).get();
    running.add(job.getJobID());
    return job.getJobID();
  }

  JobStatus status(JobID job) throws ExecutionException, InterruptedException {
    return cluster.getJobStatus(job).get();
  }

  void cancel(JobID job) throws Exception {
    running.remove(job);
    if (!status(job).isGloballyTerminalState()) {
      cluster.cancelJob(job).get();
    }
    cluster.requestJobResult(job).get();
  }

  /** Ends the jobs that a test has left running. */
  void cancelAll() throws Exception {
    for (JobID job : List.copyOf(running)) {
      cancel(job);
    }
  }

  /** The sum of a metric over the subtasks of a job, of all attempts. */
  long metric(JobID job, String name) {
    long sum = 0;
    for (Metric metric : metrics.findMetrics(job, ".*\\." + name).values()) {
      if (metric instanceof Counter counter) {
        sum += counter.getCount();
      } else if (metric instanceof Gauge<?> gauge) {
        sum += ((Number) gauge.getValue()).longValue();
      }
    }
    return sum;
  }

  /**
   * Takes a checkpoint as soon as all tasks run; the job's own come every ten seconds or more.
   *
   * @return its folder
   */
  Path checkpoint(JobID job) {
    String uri =
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(100))
            .ignoreExceptionsMatching(JobCluster::isTooEarly)
            .until(() -> cluster.triggerCheckpoint(job).get(), Objects::nonNull);
    return Path.of(URI.create(uri));
  }

  private static boolean isTooEarly(Throwable failure) {
    return ExceptionUtils.findThrowableWithMessage(failure, "Not all required tasks").isPresent();
  }

  /** Bytes of the newest checkpoint: those that it wrote, and those that it consists of. */
  record CheckpointBytes(long written, long full) {}

  CheckpointBytes newestCheckpoint(JobID job) throws Exception {
    CompletedCheckpointStats newest =
        requireNonNull(cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot())
            .getHistory()
            .getLatestCompletedCheckpoint();
    return new CheckpointBytes(requireNonNull(newest).getCheckpointedSize(), newest.getStateSize());
  }

  /** A savepoint while the job runs on: what the checkpoint would commit is not committed. */
  Path savepoint(JobID job, Path folder) throws Exception {
    return Path.of(
        URI.create(
            cluster
                .triggerSavepoint(
                    job, folder.toUri().toString(), false, SavepointFormatType.CANONICAL)
                .get()));
  }

  /** Kills the task manager, with the jobs' tasks, and starts another. */
  void replaceTaskManager() throws Exception {
    cluster.terminateTaskManager(0).get();
    cluster.startTaskManager();
  }

  /** Why a job failed for good. */
  String failure(JobID job) throws Exception {
    ErrorInfo failure = cluster.getExecutionGraph(job).get().getFailureInfo();
    return failure == null ? "" : failure.getExceptionAsString();
  }

  void close() throws Exception {
    cluster.closeAsync().get(30, TimeUnit.SECONDS);
  }
}
