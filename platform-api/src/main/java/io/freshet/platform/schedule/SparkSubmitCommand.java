package io.freshet.platform.schedule;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Submits the batch job to Spark. The driver is the process that is started, whichever master Spark
 * has: client mode.
 */
final class SparkSubmitCommand implements BatchCommand {
  /** Lets the driver wait for its first heartbeat, and end without them. */
  private static final String SUPERVISED = "-Dfreshet.run.supervised=true";

  private final BatchSettings settings;

  SparkSubmitCommand(BatchSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<String> line(String program, Path plan) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("@" + settings.jvmFlagsFile().toAbsolutePath());
    line.add("-Xmx" + settings.memory().toMegabytes() + "m");
    line.add(SUPERVISED);
    line.addAll(List.of("-cp", sparkClasspath(), "org.apache.spark.deploy.SparkSubmit"));
    line.addAll(List.of("--master", settings.master(), "--deploy-mode", "client"));
    if (settings.sparkPropertiesFile() != null) {
      line.addAll(
          List.of("--properties-file", settings.sparkPropertiesFile().toAbsolutePath().toString()));
    }
    new TreeMap<>(settings.sparkConf())
        .forEach((key, value) -> line.addAll(List.of("--conf", key + "=" + value)));
    line.addAll(List.of("--class", program));
    line.add(settings.jobJar().toAbsolutePath().toString());
    line.add(plan.toAbsolutePath().toString());
    return line;
  }

  /** Executors of other machines must find the driver by this machine's address. */
  @Override
  public Map<String, String> environment() {
    return new SparkMaster(settings.master()).isLocal()
        ? Map.of("SPARK_LOCAL_IP", "127.0.0.1")
        : Map.of();
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
