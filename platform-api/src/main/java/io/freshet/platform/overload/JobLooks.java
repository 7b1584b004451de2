package io.freshet.platform.overload;

import io.freshet.platform.reconcile.StreamingJob;
import io.freshet.platform.reconcile.flink.FlinkException;
import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.FlinkRest;
import io.freshet.platform.reconcile.flink.JobCheckpoints;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Looks at streaming jobs on the cluster. */
@Component
class JobLooks {
  private static final String BUSY = "busyTimeMsPerSecond";
  private static final String BACK_PRESSURED = "backPressuredTimeMsPerSecond";
  private static final String PENDING = "pendingRecords";

  /** Of the operators that read, whose names begin so. */
  private static final String READ_RATE = "numRecordsInPerSecond";

  private static final String SOURCE = "Source";
  private static final String SHED = ".shedEvents";

  /** The view is a variable of the counter's group, and so may be its lane. */
  private static final Pattern SHED_OF_VIEW =
      Pattern.compile("\\.view\\.([^.]+)\\.(?:lane\\.\\d+\\.)?shedEvents$");

  private static final double MILLIS_A_SECOND = 1_000;

  private final FlinkRest cluster;

  JobLooks(FlinkRest cluster) {
    this.cluster = cluster;
  }

  /** Empty unless all tasks of the job run. */
  Optional<JobLook> at(StreamingJob job) {
    try {
      return cluster.job(job.jobId()).filter(FlinkJob::allTasksRun).map(this::look);
    } catch (FlinkException unreachable) {
      return Optional.empty();
    }
  }

  private JobLook look(FlinkJob job) {
    Map<String, Double> tasks = cluster.greatest(job, Set.of(BUSY, BACK_PRESSURED));
    Map<String, Double> operators = cluster.sums(job, JobLooks::isWanted);
    JobCheckpoints checkpoints = cluster.checkpoints(job.id());
    return new JobLook(
        tasks.getOrDefault(BUSY, 0.0) / MILLIS_A_SECOND,
        tasks.getOrDefault(BACK_PRESSURED, 0.0) / MILLIS_A_SECOND,
        sum(operators, PENDING),
        sum(operators, READ_RATE),
        checkpoints.latest() == null ? 0 : checkpoints.latest().durationMillis(),
        checkpoints.failed(),
        shedEvents(operators));
  }

  private static boolean isWanted(String metric) {
    return metric.endsWith("." + PENDING)
        || metric.endsWith(SHED)
        || (metric.startsWith(SOURCE) && metric.endsWith("." + READ_RATE));
  }

  private static double sum(Map<String, Double> metrics, String name) {
    return metrics.entrySet().stream()
        .filter(metric -> metric.getKey().endsWith("." + name))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static Map<String, Long> shedEvents(Map<String, Double> metrics) {
    Map<String, Long> shed = new HashMap<>();
    metrics.forEach(
        (metric, value) -> {
          Matcher named = SHED_OF_VIEW.matcher(metric);
          if (named.find()) {
            shed.merge(named.group(1), Math.round(value), Long::sum);
          }
        });
    return shed;
  }
}
