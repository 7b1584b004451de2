package io.freshet.platform.status;

import io.freshet.platform.reconcile.StreamingJob;
import io.freshet.platform.reconcile.StreamingJobs;
import io.freshet.platform.reconcile.flink.FlinkException;
import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.FlinkRest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Looks at the streaming jobs on the cluster. */
@Component
class StreamSampler {
  private static final Set<String> METRICS =
      Set.of(
          StreamSample.DEAD_LETTERS,
          StreamSample.LATE_EVENTS,
          StreamSample.DUPLICATE_EVENTS,
          StreamSample.UNREADABLE_DEFINITIONS,
          StreamSample.UNUSABLE_HISTORIES,
          StreamSample.PENDING_RECORDS);

  private final StreamingJobs jobs;
  private final FlinkRest cluster;

  StreamSampler(StreamingJobs jobs, FlinkRest cluster) {
    this.jobs = jobs;
    this.cluster = cluster;
  }

  /** All jobs that are meant to run; a job that could not be looked at is unseen. */
  List<StreamSample> sample() {
    return jobs.all().stream().filter(StreamingJob::isWanted).map(this::sample).toList();
  }

  StreamSample sample(StreamingJob job) {
    try {
      Optional<FlinkJob> seen = cluster.job(job.jobId());
      return seen.map(found -> sample(job, found)).orElseGet(() -> StreamSample.unseen(job));
    } catch (FlinkException unreachable) {
      return StreamSample.unseen(job);
    }
  }

  private StreamSample sample(StreamingJob job, FlinkJob seen) {
    return new StreamSample(
        job,
        seen,
        cluster.checkpoints(seen.id()),
        cluster.restarts(seen.id()).orElse(null),
        cluster.operatorMetrics(seen, METRICS));
  }
}
