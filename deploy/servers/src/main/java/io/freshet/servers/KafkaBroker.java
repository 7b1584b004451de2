package io.freshet.servers;

import java.nio.file.Files;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One Kafka broker with its controller in this JVM, on 127.0.0.1. Topics are made explicitly. */
final class KafkaBroker {
  private static final int NODE = 1;
  private final KafkaRaftServer server;

  private KafkaBroker(KafkaRaftServer server) {
    this.server = server;
  }

  /** Starts a broker and returns once it serves. */
  static KafkaBroker start(KafkaBrokerSettings settings) throws Exception {
    formatOnce(settings);
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(properties(settings)), Time.SYSTEM);
    server.startup();
    return new KafkaBroker(server);
  }

  void stop() {
    server.shutdown();
  }

  void awaitStopped() {
    server.awaitShutdown();
  }

  private static void formatOnce(KafkaBrokerSettings settings) throws Exception {
    Files.createDirectories(settings.dataDirectory());
    if (Files.exists(settings.dataDirectory().resolve("meta.properties"))) {
      return;
    }
    String directory = settings.dataDirectory().toString();
    new Formatter()
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setDirectories(List.of(directory))
        .setMetadataLogDirectory(directory)
        .setPrintStream(System.out)
        .run();
  }

  private static Properties properties(KafkaBrokerSettings settings) {
    Properties properties = new Properties();
    properties.setProperty("node.id", Integer.toString(NODE));
    properties.setProperty("process.roles", "broker,controller");
    String clients = "PLAINTEXT://" + settings.bootstrapServers();
    String controller = "127.0.0.1:" + settings.controllerPort();
    properties.setProperty("listeners", clients + ",CONTROLLER://" + controller);
    properties.setProperty("advertised.listeners", clients);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty("controller.quorum.voters", NODE + "@" + controller);
    properties.setProperty(
        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
    properties.setProperty("log.dirs", settings.dataDirectory().toString());
    properties.setProperty("auto.create.topics.enable", "false");
    // Far above what a laptop's demonstration writes, far below what fills its disk.
    properties.setProperty("log.retention.hours", "168");
    properties.setProperty("log.retention.bytes", Long.toString(2L << 30));
    properties.setProperty("log.segment.bytes", Integer.toString(64 << 20));
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
    // One broker keeps one replica of everything, in few partitions.
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("offsets.topic.num.partitions", "4");
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("transaction.state.log.num.partitions", "4");
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    return properties;
  }
}
