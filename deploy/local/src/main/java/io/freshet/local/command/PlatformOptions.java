package io.freshet.local.command;

import io.freshet.local.platform.DataFolder;
import io.freshet.local.platform.Installation;
import io.freshet.local.platform.LocalPlatform;
import io.freshet.local.platform.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the platform is: its folders and its ports. An environment variable sets a default. */
final class PlatformOptions {
  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      hidden = true,
      defaultValue = "${env:FRESHET_HOME:-.}",
      description = "The project's folder.")
  private Path home = Path.of(".");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "${env:FRESHET_DATA:-.freshet}",
      description = "Keeps everything, in the project's folder by default: ${DEFAULT-VALUE}")
  private Path data = Path.of(".freshet");

  @Option(
      names = "--api-port",
      paramLabel = "PORT",
      defaultValue = "${env:FRESHET_API_PORT:-7070}",
      description = "The control plane. Default: ${DEFAULT-VALUE}")
  private int api;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "${env:FRESHET_KAFKA_PORT:-19092}",
      description = "The Kafka broker. Default: ${DEFAULT-VALUE}")
  private int kafka;

  @Option(
      names = "--kafka-controller-port",
      paramLabel = "PORT",
      defaultValue = "${env:FRESHET_KAFKA_CONTROLLER_PORT:-19093}",
      description = "The Kafka broker's controller. Default: ${DEFAULT-VALUE}")
  private int kafkaController;

  @Option(
      names = "--redis-port",
      paramLabel = "PORT",
      defaultValue = "${env:FRESHET_REDIS_PORT:-16379}",
      description = "The Redis server. Default: ${DEFAULT-VALUE}")
  private int redis;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      defaultValue = "${env:FRESHET_FLINK_PORT:-18081}",
      description = "The Flink cluster. Default: ${DEFAULT-VALUE}")
  private int flink;

  @Option(
      names = "--flink-internal-port",
      paramLabel = "PORT",
      defaultValue = "${env:FRESHET_FLINK_INTERNAL_PORT:-18090}",
      description =
          "The first of six ports by which Flink's processes reach each other. Default:"
              + " ${DEFAULT-VALUE}")
  private int flinkInternal;

  LocalPlatform platform() {
    return new LocalPlatform(
        new Installation(home),
        dataFolder(),
        new Ports(api, kafka, kafkaController, redis, flink, flinkInternal));
  }

  DataFolder dataFolder() {
    return new DataFolder(home.toAbsolutePath().resolve(data));
  }

  /** The same options for another command. */
  List<String> toArguments() {
    return Stream.of(
            "--home=" + home.toAbsolutePath(),
            "--data=" + dataFolder().root(),
            "--api-port=" + api,
            "--kafka-port=" + kafka,
            "--kafka-controller-port=" + kafkaController,
            "--redis-port=" + redis,
            "--flink-port=" + flink,
            "--flink-internal-port=" + flinkInternal)
        .toList();
  }
}
