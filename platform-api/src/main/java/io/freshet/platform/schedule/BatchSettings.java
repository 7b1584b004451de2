package io.freshet.platform.schedule;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How batch runs are started, under {@code freshet.batch}.
 *
 * @param sparkClasspathFile a file with the class path of Spark's jars
 * @param jvmFlagsFile a file with the flags that Spark wants of its JVM, as Java's argument files
 * @param jobJar the batch job's jar
 * @param master where Spark runs
 * @param workDir where plans, results and logs of runs are kept
 * @param memory the greatest heap of a run
 * @param timeout how long a run may take before it is ended and counts as failed
 * @param maxAttempts how often a run is started before it counts as failed for good
 * @param retryPause after the first failed attempt; it doubles with each
 * @param concurrentRuns how many runs, of different sources, this process starts at a time
 * @param keptRuns of how many runs plans, results and logs are kept
 * @param planInterval how often ticks and new views are looked for
 * @param tableRoots the folders, as paths or URIs, in which sources may read tables that others
 *     write; none unless they are named
 */
public record BatchSettings(
    @NotNull @DefaultValue("batch-engine/target/spark.classpath") Path sparkClasspathFile,
    @NotNull @DefaultValue("batch-engine/target/spark.jvm-flags") Path jvmFlagsFile,
    @NotNull @DefaultValue("batch-engine/target/batch-engine.jar") Path jobJar,
    @NotBlank @DefaultValue("local[2]") String master,
    @NotNull @DefaultValue(".freshet/runs") Path workDir,
    @NotNull @DefaultValue("1GB") DataSize memory,
    @NotNull @DurationMin(seconds = 1) @DefaultValue("30m") Duration timeout,
    @Min(1) @Max(100) @DefaultValue("3") int maxAttempts,
    @NotNull @DurationMin(millis = 0) @DefaultValue("10s") Duration retryPause,
    @Min(1) @Max(64) @DefaultValue("1") int concurrentRuns,
    @Min(1) @Max(100_000) @DefaultValue("50") int keptRuns,
    @NotNull @DurationMin(millis = 100) @DefaultValue("2s") Duration planInterval,
    @NotNull @DefaultValue List<@NotBlank String> tableRoots) {
  public BatchSettings {
    tableRoots = List.copyOf(tableRoots);
  }
}
