package io.freshet.local.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command line of the control plane, with its settings. */
final class ControlPlane {
  private final LocalPlatform platform;

  ControlPlane(LocalPlatform platform) {
    this.platform = platform;
  }

  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Launching.java());
    command.add("-Xmx384m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Djava.net.preferIPv4Stack=true");
    command.add("-jar");
    command.add(platform.installation().platformApi().toString());
    settings().forEach((key, value) -> command.add("--" + key + "=" + value));
    return command;
  }

  private Map<String, Object> settings() {
    Installation installation = platform.installation();
    DataFolder data = platform.data();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("server.address", "127.0.0.1");
    settings.put("server.port", platform.ports().api());
    settings.put(
        "spring.datasource.url",
        "jdbc:h2:file:"
            + data.registry().resolve("freshet")
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
            + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000");
    settings.put("freshet.kafka.bootstrap-servers", platform.kafkaSettings().bootstrapServers());
    settings.put("freshet.online-store.uri", platform.redisSettings().uri());
    settings.put("freshet.flink.rest-url", platform.flinkAddress());
    settings.put("freshet.flink.job-jar", installation.streamingJob());
    settings.put("freshet.flink.checkpoint-dir", data.checkpoints().toUri());
    settings.put("freshet.batch.spark-classpath-file", installation.sparkClasspath());
    settings.put("freshet.batch.jvm-flags-file", installation.sparkFlags());
    settings.put("freshet.batch.job-jar", installation.batchJob());
    settings.put("freshet.warehouse.path", data.warehouse());
    settings.put("freshet.batch.work-dir", data.runs());
    settings.put("freshet.batch.table-roots", data.tables());
    settings.put("freshet.batch.memory", "1GB");
    // The machine is the other engines' too.
    settings.put("freshet.batch.master", "local[2]");
    return settings;
  }
}
