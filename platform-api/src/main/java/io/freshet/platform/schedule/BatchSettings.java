package io.freshet.platform.schedule;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How batch runs are started, under {@code freshet.batch}.
 *
 * @param sparkClasspathFile a file with the class path of Spark's jars
 * @param jvmFlagsFile a file with the flags that Spark wants of its JVM
 * @param jobJar the batch job's jar
 * @param warehouse the root folder or URI of the Delta tables
 * @param workDir where plans, results and logs of runs are kept
 * @param memory the greatest heap of a run
 */
public record BatchSettings(
    @NotNull @DefaultValue("batch-engine/target/spark.classpath") Path sparkClasspathFile,
    @NotNull @DefaultValue("batch-engine/target/spark.flags") Path jvmFlagsFile,
    @NotNull @DefaultValue("batch-engine/target/batch-job.jar") Path jobJar,
    @NotBlank @DefaultValue(".freshet/warehouse") String warehouse,
    @NotNull @DefaultValue(".freshet/runs") Path workDir,
    @NotNull @DefaultValue("1GB") DataSize memory) {}
