package io.freshet.servers.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The servers as containers. Apart from the fixtures, so that these load where Testcontainers is
 * not on the class path.
 */
final class ServerContainers {
  private ServerContainers() {}

  static TestServer kafka(String image, int port) {
    GenericContainer<?> broker =
        new KafkaContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("apache/kafka"))
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    return new ServerContainer(broker, port, 9092, () -> isKafka("127.0.0.1:" + port));
  }

  static TestServer redis(String image, int port) {
    GenericContainer<?> redis =
        new GenericContainer<>(DockerImageName.parse(image))
            .withCommand("redis-server", "--appendonly", "yes", "--save", "");
    return new ServerContainer(redis, port, 6379, () -> isRedis(port));
  }

  private static boolean isKafka(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    }
  }

  private static boolean isRedis(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(2000);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
      byte[] answer = socket.getInputStream().readNBytes(5);
      return new String(answer, StandardCharsets.UTF_8).equals("+PONG");
    }
  }
}
