package io.freshet.local.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of a Flink session cluster's two processes, with their configuration. */
final class FlinkCluster {
  private static final String ENTRYPOINTS = "org.apache.flink.runtime.";
  private final Installation installation;
  private final DataFolder data;
  private final Ports ports;
  private volatile String taskManagerId = "";

  FlinkCluster(Installation installation, DataFolder data, Ports ports) {
    this.installation = installation;
    this.data = data;
    this.ports = ports;
  }

  List<String> jobManager() throws IOException {
    writeConfiguration();
    List<String> command = java("jobmanager");
    command.add("-Xmx384m");
    command.add("-XX:MaxMetaspaceSize=256m");
    command.add("-cp");
    command.add(classPath());
    command.add(ENTRYPOINTS + "entrypoint.StandaloneSessionClusterEntrypoint");
    command.add("--configDir");
    command.add(configuration().toString());
    return command;
  }

  List<String> taskManager() throws IOException, InterruptedException {
    writeConfiguration();
    TaskManagerResources resources =
        TaskManagerResources.ask(Launching.java(), classPath(), configuration());
    List<String> command = java("taskmanager");
    command.addAll(resources.jvmFlags());
    command.add("-cp");
    command.add(classPath());
    command.add(ENTRYPOINTS + "taskexecutor.TaskManagerRunner");
    command.add("--configDir");
    command.add(configuration().toString());
    command.addAll(resources.dynamicSettings());
    taskManagerId = "taskmanager-" + System.currentTimeMillis();
    command.add("-D");
    command.add("taskmanager.resource-id=" + taskManagerId);
    return command;
  }

  /** The name of the TaskManager that was started last; the cluster may still list earlier ones. */
  String taskManagerId() {
    return taskManagerId;
  }

  private List<String> java(String process) {
    List<String> command = new ArrayList<>();
    command.add(Launching.java());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Djava.net.preferIPv4Stack=true");
    command.add("-Dlog4j.configurationFile=" + configuration().resolve("log4j.properties"));
    command.add("-Dfreshet.process=" + process);
    for (String opened : List.of("lang", "util", "time", "net", "nio", "lang.reflect")) {
      command.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    return command;
  }

  private String classPath() throws IOException {
    return Files.readString(installation.flinkClasspath()).strip();
  }

  private Path configuration() {
    return data.flink().resolve("conf");
  }

  private void writeConfiguration() throws IOException {
    for (String folder : List.of("conf", "upload", "tmp")) {
      Files.createDirectories(data.flink().resolve(folder));
    }
    Files.createDirectories(data.checkpoints());
    Files.writeString(configuration().resolve("config.yaml"), settings());
    Files.writeString(configuration().resolve("log4j.properties"), LOG4J);
  }

  private String settings() {
    return """
        # Written at each start; changes are lost.
        jobmanager:
          bind-host: 127.0.0.1
          rpc: {address: 127.0.0.1, port: %d}
          memory.process.size: 900m
        taskmanager:
          bind-host: 127.0.0.1
          host: 127.0.0.1
          rpc.port: %d
          data: {bind-port: %d, port: %d}
          numberOfTaskSlots: 4
          memory:
            process.size: 1400m
            managed.size: 256m
            network: {min: 64m, max: 64m}
        rest: {address: 127.0.0.1, bind-address: 127.0.0.1, port: %d, bind-port: %d}
        blob.server.port: %d
        metrics.internal.query-service.port: %d-%d
        web: {upload.dir: %s, submit.enable: true}
        io.tmp.dirs: %s
        # A session cluster decides this for all of its jobs: one to fall back to, and one more.
        execution.checkpointing.num-retained: 3
        execution.checkpointing.dir: %s
        # A killed TaskManager is noticed, and its job restarted, within seconds.
        heartbeat: {interval: 3000, timeout: 15000}
        cluster.evenly-spread-out-slots: true
        """
        .formatted(
            ports.jobManagerRpc(),
            ports.taskManagerRpc(),
            ports.taskManagerData(),
            ports.taskManagerData(),
            ports.flink(),
            ports.flink(),
            ports.blobServer(),
            ports.jobManagerMetrics(),
            ports.taskManagerMetrics(),
            data.flink().resolve("upload"),
            data.flink().resolve("tmp"),
            data.checkpoints().toUri());
  }

  private static final String LOG4J =
      """
      status = error
      rootLogger.level = INFO
      rootLogger.appenderRef.stdout.ref = stdout
      appender.stdout.type = Console
      appender.stdout.name = stdout
      appender.stdout.layout.type = PatternLayout
      appender.stdout.layout.pattern = %d{ISO8601} %-5p %c{1} - %m%n
      logger.pekko.name = org.apache.pekko
      logger.pekko.level = WARN
      logger.kafka.name = org.apache.kafka
      logger.kafka.level = WARN
      logger.checkpoints.name = org.apache.flink.runtime.checkpoint
      logger.checkpoints.level = WARN
      """;
}
