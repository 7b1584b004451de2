package io.freshet.platform.reconcile;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The streaming engine's cluster and how its jobs run, under {@code freshet.flink}. A job whose
 * settings are changed is stopped with a savepoint and goes on from it with the new ones.
 *
 * @param restUrl of the session cluster
 * @param timeout how long the cluster may take to answer; a submission is the longest
 * @param jobJar the streaming job's jar; another content is another release of it
 * @param checkpointDir a folder, as a path or {@code file:} URI, that every process of the cluster
 *     and the control plane reach
 * @param checkpointInterval between the starts of two checkpoints, 10s to 60s
 * @param checkpointTimeout after which a checkpoint is given up, at least the interval
 * @param checkpointMinPause from the end of a checkpoint to the start of the next, less than the
 *     interval
 * @param checkpointsRetained how many completed checkpoints are kept, at least 2: the newest may
 *     turn out unreadable. A session cluster goes by its own {@code
 *     execution.checkpointing.num-retained}, which must say the same
 * @param checkpointsUnaligned whether barriers may overtake records in flight, of jobs that deliver
 *     exactly once: checkpoints stay quick under back pressure and become larger
 * @param stateBackend where state is kept; {@code auto} decides by the planned size of the state
 * @param heapStateLimit the largest planned state of a job, in its binary form, that is kept on the
 *     heap; there it takes a few times as much
 * @param expectedKeys how many keys an entity counts for that does not say
 * @param transactionTimeout after which Kafka aborts a transaction of a feature log that nobody
 *     commits: more than the checkpoint's interval and timeout and the restart allowance; the
 *     broker's {@code transaction.max.timeout.ms}, 15 minutes by default, bounds it
 * @param restartAllowance how long a job may take to run again after a failure
 * @param flushInterval how long rows of a key are coalesced before they are written
 * @param parallelism of each job that has none of its own
 * @param reconcileInterval how often jobs are compared with what they should be
 * @param attemptPause how long after an attempt the next one of the same job may follow
 * @param stopPause how long after a failed stop with a savepoint the next one may follow; each
 *     failure doubles it
 */
@ConsistentFlinkSettings
public record FlinkSettings(
    @NotNull @DefaultValue("http://127.0.0.1:18081") URI restUrl,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("60s") Duration timeout,
    @NotNull @DefaultValue("streaming-engine/target/streaming-engine.jar") Path jobJar,
    @NotBlank @DefaultValue(".freshet/checkpoints") String checkpointDir,
    @NotNull @DurationMin(seconds = 10) @DurationMax(seconds = 60) @DefaultValue("10s")
        Duration checkpointInterval,
    @NotNull @DurationMin(seconds = 10) @DurationMax(hours = 6) @DefaultValue("10m")
        Duration checkpointTimeout,
    @NotNull @DurationMin(millis = 0) @DefaultValue("0s") Duration checkpointMinPause,
    @Min(2) @Max(100) @DefaultValue("3") int checkpointsRetained,
    @DefaultValue("false") boolean checkpointsUnaligned,
    @NotNull @DefaultValue("auto") BackendSetting stateBackend,
    @NotNull @DefaultValue("128MB") DataSize heapStateLimit,
    @Min(1) @DefaultValue("10000") int expectedKeys,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("15m") Duration transactionTimeout,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("2m") Duration restartAllowance,
    @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 5) @DefaultValue("50ms")
        Duration flushInterval,
    @Min(1) @Max(FlinkSettings.MAX_PARALLELISM) @DefaultValue("1") int parallelism,
    @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) @DefaultValue("2s")
        Duration reconcileInterval,
    @NotNull @DurationMin(millis = 0) @DefaultValue("10s") Duration attemptPause,
    @NotNull @DurationMin(millis = 100) @DefaultValue("30s") Duration stopPause) {
  /** The streaming job has as many key groups, which its state is divided into. */
  static final int MAX_PARALLELISM = 128;

  /** Where state is kept. */
  public enum BackendSetting {
    AUTO,
    HASHMAP,
    ROCKSDB
  }
}
