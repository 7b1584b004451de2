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

/**
 * The streaming engine's cluster, under {@code freshet.flink}.
 *
 * @param restUrl of the session cluster
 * @param timeout how long the cluster may take to answer; a submission is the longest
 * @param jobJar the streaming job's jar
 * @param checkpointDir a folder, as a path or {@code file:} URI, that every process of the cluster
 *     and the control plane reach
 * @param checkpointInterval 10s to 60s
 * @param flushInterval how long rows of a key are coalesced before they are written
 * @param parallelism of each job
 * @param reconcileInterval how often jobs are compared with what they should be
 * @param attemptPause how long after an attempt the next one of the same job may follow
 */
public record FlinkSettings(
    @NotNull @DefaultValue("http://127.0.0.1:18081") URI restUrl,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("60s") Duration timeout,
    @NotNull @DefaultValue("streaming-engine/target/streaming-engine.jar") Path jobJar,
    @NotBlank @DefaultValue(".freshet/checkpoints") String checkpointDir,
    @NotNull @DurationMin(seconds = 10) @DurationMax(seconds = 60) @DefaultValue("10s")
        Duration checkpointInterval,
    @NotNull @DurationMin(millis = 1) @DurationMax(seconds = 5) @DefaultValue("50ms")
        Duration flushInterval,
    @Min(1) @Max(1024) @DefaultValue("1") int parallelism,
    @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) @DefaultValue("2s")
        Duration reconcileInterval,
    @NotNull @DurationMin(millis = 0) @DefaultValue("10s") Duration attemptPause) {}
