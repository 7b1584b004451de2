package io.freshet.platform.schedule;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Submits the batch job to Spark in a JVM of its own. */
final class SparkSubmitCommand implements BatchCommand {
  private final BatchSettings settings;

  SparkSubmitCommand(BatchSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> line(String program, Path plan) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + settings.jvmFlagsFile().toAbsolutePath(),
        "-Xmx" + settings.memory().toMegabytes() + "m",
        "-cp",
        sparkClasspath(),
        "org.apache.spark.deploy.SparkSubmit",
        "--master",
        settings.master(),
        "--class",
        program,
        settings.jobJar().toAbsolutePath().toString(),
        plan.toAbsolutePath().toString());
  }

  private String sparkClasspath() {
    try {
      return Files.readString(settings.sparkClasspathFile()).strip();
    } catch (IOException unreadable) {
      throw new FreshetException(
          ErrorCategory.INTERNAL,
          "Cannot start a batch run: the class path of Spark in "
              + settings.sparkClasspathFile().toAbsolutePath()
              + " cannot be read, build the batch engine or set freshet.batch.spark-classpath-file",
          unreadable);
    }
  }
}
