package io.freshet.local.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the build left what the platform runs.
 *
 * @param root the project's folder, absolute
 */
public record Installation(Path root) {
  public Installation {
    root = root.toAbsolutePath().normalize();
  }

  Path serversBuild() {
    return root.resolve("deploy/servers/target");
  }

  Path flinkClasspath() {
    return root.resolve("deploy/flink/target/flink.classpath");
  }

  Path streamingJob() {
    return root.resolve("streaming-engine/target/streaming-engine.jar");
  }

  Path sparkClasspath() {
    return root.resolve("batch-engine/target/spark.classpath");
  }

  Path sparkFlags() {
    return root.resolve("batch-engine/target/spark.jvm-flags");
  }

  Path batchJob() {
    return root.resolve("batch-engine/target/batch-engine.jar");
  }

  Path platformApi() {
    return root.resolve("platform-api/target/platform-api.jar");
  }

  /** The files that are needed and not there. */
  public List<Path> missing() {
    return Stream.of(
            serversBuild().resolve("broker.classpath"),
            flinkClasspath(),
            streamingJob(),
            sparkClasspath(),
            sparkFlags(),
            batchJob(),
            platformApi())
        .filter(file -> !Files.exists(file))
        .toList();
  }
}
