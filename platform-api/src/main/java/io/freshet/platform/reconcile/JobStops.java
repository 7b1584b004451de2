package io.freshet.platform.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.Durations;
import io.freshet.platform.reconcile.flink.ClusterOverview;
import io.freshet.platform.reconcile.flink.FlinkException;
import io.freshet.platform.reconcile.flink.FlinkJob;
import io.freshet.platform.reconcile.flink.FlinkRest;
import io.freshet.platform.reconcile.flink.Savepoint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Stops a running job with a savepoint where it runs otherwise than is wanted. The stop is stored
 * before it is asked for; its trigger and its folder follow from what is stored, so that after a
 * crash the same stop is asked for again or its end is found. A stop that fails leaves the job
 * running. A job that does not come to run can make no savepoint: it is cancelled, and goes on from
 * its newest checkpoint.
 */
@Component
class JobStops {
  private static final Logger log = LoggerFactory.getLogger(JobStops.class);
  private static final int TRIGGER_BYTES = 16;
  private static final int MOST_DOUBLINGS = 6;

  private final StreamingJobTable jobs;
  private final FlinkRest cluster;
  private final FlinkSettings settings;
  private final JobPlans plans;
  private final RetainedCheckpoints checkpoints;
  private final Clock clock;

  JobStops(
      StreamingJobTable jobs,
      FlinkRest cluster,
      FlinkSettings settings,
      JobPlans plans,
      Clock clock) {
    this.jobs = jobs;
    this.cluster = cluster;
    this.settings = settings;
    this.plans = plans;
    this.checkpoints = new RetainedCheckpoints(settings.checkpointDir());
    this.clock = clock;
  }

  /** Decides to stop a job that is to run otherwise, if there is room for that. */
  void beginIfChanged(StreamingJob running, FlinkJob seen) {
    if (!running.stop().mayFollowAt(now())) {
      return;
    }
    List<String> differences = plans.differences(running);
    if (differences.isEmpty()) {
      return;
    }
    String change = String.join(", ", differences);
    Optional<String> obstacle = obstacle(running);
    if (obstacle.isPresent()) {
      String problem = "Cannot change %s: %s".formatted(change, obstacle.get());
      jobs.endStop(running, problem, now().plus(settings.stopPause()), now());
    } else if (seen.allTasksRun()) {
      begin(running, change);
    } else if (now().isAfter(running.requestedAt().plus(settings.stopPause()))) {
      log.warn(
          "Job {} attempt {} does not run and is cancelled to change {}",
          running.key().jobName(),
          running.attempt(),
          change);
      cluster.cancel(running.jobId());
    }
  }

  private void begin(StreamingJob running, String change) {
    log.info(
        "Job {} attempt {} is stopped with a savepoint to change {}",
        running.key().jobName(),
        running.attempt(),
        change);
    jobs.beginStop(running, now());
    jobs.find(running.key())
        .filter(job -> job.state() == StreamingJob.State.STOPPING)
        .ifPresent(this::proceed);
  }

  /** Brings a stop of a job that the cluster still runs a step further. */
  void proceed(StreamingJob stopping) {
    String trigger = trigger(stopping);
    Optional<Savepoint> savepoint = cluster.savepointIfAsked(stopping.jobId(), trigger);
    if (savepoint.isEmpty()) {
      ask(stopping, trigger);
    } else if (savepoint.get().state() == Savepoint.State.FAILED) {
      giveUp(stopping, savepoint.get().problem());
    }
  }

  /** Reads how a stop ended: a cluster that is shut down waits until it has been asked. */
  void takeNote(StreamingJob stopped) {
    cluster
        .savepointIfAsked(stopped.jobId(), trigger(stopped))
        .ifPresent(
            savepoint ->
                log.info(
                    "Job {} attempt {} has ended: {}",
                    stopped.key().jobName(),
                    stopped.attempt(),
                    savepoint));
  }

  private void ask(StreamingJob stopping, String trigger) {
    String folder = checkpoints.savepointFolder(stopping.jobId(), stopping.stop().number());
    try {
      cluster.stopWithSavepoint(stopping.jobId(), folder, trigger);
    } catch (FlinkException failure) {
      if (failure.isRefusal()) {
        giveUp(stopping, failure.getMessage());
      } else {
        throw failure;
      }
    }
  }

  private void giveUp(StreamingJob stopping, @Nullable String why) {
    Duration pause =
        settings
            .stopPause()
            .multipliedBy(1L << Math.min(stopping.stop().number() - 1, MOST_DOUBLINGS));
    String problem =
        "Cannot stop the job with a savepoint: %s; it goes on, the next try follows in %s"
            .formatted(why, Durations.format(pause));
    log.error("Job {} attempt {}: {}", stopping.key().jobName(), stopping.attempt(), problem);
    jobs.endStop(stopping, problem, now().plus(pause), now());
  }

  /** A job that is stopped for slots that do not exist would not come back. */
  private Optional<String> obstacle(StreamingJob running) {
    int more = plans.wantedParallelism(running.key()) - running.launch().parallelism();
    if (more <= 0) {
      return Optional.empty();
    }
    ClusterOverview room = cluster.overview();
    return room.freeSlots() >= more
        ? Optional.empty()
        : Optional.of(
            "it needs %d more task slots and %d are free, add TaskManagers"
                .formatted(more, room.freeSlots()));
  }

  /** 32 hexadecimal digits: a cluster takes a trigger once, however often it is asked. */
  static String trigger(StreamingJob stopping) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((stopping.jobId() + "/stop/" + stopping.stop().number()).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, TRIGGER_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
