package io.freshet.local.platform;

import io.freshet.servers.KafkaBrokerCommand;
import io.freshet.servers.KafkaBrokerSettings;
import io.freshet.servers.RedisExecutable;
import io.freshet.servers.RedisSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** The processes of the platform, in the order in which they start. */
public record LocalPlatform(Installation installation, DataFolder data, Ports ports) {
  private static final int BROKER_HEAP_MEGABYTES = 384;
  private static final Duration START = Duration.ofMinutes(3);

  /** Services of a stage start together, once those of the stage before serve. */
  public List<List<Service>> stages() {
    return List.of(foundation(), List.of(controlPlane()));
  }

  public String apiAddress() {
    return "http://127.0.0.1:" + ports.api();
  }

  private List<Service> foundation() {
    FlinkCluster flink = new FlinkCluster(installation, data, ports);
    return List.of(
        service("kafka", kafkaSettings().bootstrapServers(), this::kafka, kafkaHealth(), 20),
        service("redis", redisSettings().uri(), this::redis, new RedisHealth(ports.redis()), 10),
        service("jobmanager", flinkAddress(), flink::jobManager, clusterHealth(), 10),
        service("taskmanager", "", flink::taskManager, registered(flink), 10));
  }

  private Service controlPlane() {
    return service(
        "control-plane",
        apiAddress(),
        () -> new ControlPlane(this).command(),
        new HttpHealth(
            () -> apiAddress() + "/actuator/health/readiness",
            answer -> answer.path("status").asString("").equals("UP")),
        30);
  }

  String flinkAddress() {
    return "http://127.0.0.1:" + ports.flink();
  }

  KafkaBrokerSettings kafkaSettings() {
    return new KafkaBrokerSettings(ports.kafka(), ports.kafkaController(), data.kafka());
  }

  RedisSettings redisSettings() {
    return new RedisSettings(ports.redis(), data.redis());
  }

  private List<String> kafka() throws IOException {
    return new KafkaBrokerCommand(installation.serversBuild(), BROKER_HEAP_MEGABYTES)
        .of(kafkaSettings());
  }

  private List<String> redis() throws IOException {
    Files.createDirectories(data.redis());
    return redisSettings().command(RedisExecutable.unpackedInto(data.tools()));
  }

  private HealthCheck kafkaHealth() {
    return new KafkaHealth(kafkaSettings().bootstrapServers());
  }

  private HealthCheck clusterHealth() {
    return new HttpHealth(
        () -> flinkAddress() + "/overview", answer -> answer.path("taskmanagers").isNumber());
  }

  private HealthCheck registered(FlinkCluster flink) {
    return new HttpHealth(
        () -> flinkAddress() + "/taskmanagers/" + flink.taskManagerId(),
        answer -> answer.path("slotsNumber").asInt(0) > 0);
  }

  private Service service(
      String name,
      String address,
      Service.Command command,
      HealthCheck health,
      int stopGraceSeconds) {
    return new Service(
        name,
        address,
        command,
        health,
        data.log(name),
        START,
        Duration.ofSeconds(stopGraceSeconds));
  }
}
