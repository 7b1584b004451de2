package io.freshet.servers.testing;

import static org.awaitility.Awaitility.await;

import io.freshet.servers.KafkaBrokerCommand;
import io.freshet.servers.KafkaBrokerMain;
import io.freshet.servers.KafkaBrokerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * A real Kafka broker for tests, in a process of its own: in a container where a Docker daemon has
 * the image, else as a child JVM. It prints which it is. Not thread-safe.
 *
 * <pre>{@code
 * static final KafkaFixture KAFKA = KafkaFixture.start(); // and close() it after all tests
 * }</pre>
 */
public final class KafkaFixture implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 320;
  private static final String IMAGE =
      System.getenv().getOrDefault("FRESHET_TEST_KAFKA_IMAGE", "apache/kafka:4.2.0");

  private final TestServer server;
  private final String bootstrapServers;

  private KafkaFixture(TestServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts a broker without topics; returns once it serves. */
  public static KafkaFixture start() {
    Optional<String> fault = new DockerCheck().faultOf(IMAGE);
    System.out.println(
        "Kafka for tests: "
            + fault.map(why -> "embedded (" + why + ")").orElse("container " + IMAGE));
    KafkaFixture fixture = fault.isPresent() ? embedded() : container();
    fixture.server.start();
    return fixture;
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Makes a topic whose records get the broker's time, as topics that Freshet makes do, and returns
   * once the broker leads all of its partitions.
   *
   * @param configuration further settings of the topic, which win
   */
  public void createTopic(String name, int partitions, Map<String, String> configuration) {
    Map<String, String> all = new HashMap<>();
    all.put("message.timestamp.type", "LogAppendTime");
    all.putAll(configuration);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(all);
      admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
      await()
          .atMost(30, TimeUnit.SECONDS)
          .ignoreExceptions()
          .until(() -> ends(admin, name, partitions).size() == partitions);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Cannot make topic " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topic " + name + " was made", e);
    }
  }

  public void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  private static Map<TopicPartition, ?> ends(Admin admin, String topic, int partitions)
      throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    return admin.listOffsets(ends).all().get(10, TimeUnit.SECONDS);
  }

  /** Ends the broker in an orderly way; {@link #restart} brings it back. */
  public void stop() {
    server.stop();
  }

  /** Ends the broker as {@code kill -9} does; {@link #restart} brings it back. */
  public void kill() {
    server.kill();
  }

  /** Starts a broker that was stopped or killed, on the same port and data. */
  public void restart() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
  }

  private static KafkaFixture container() {
    int port = FreePorts.find(1)[0];
    return new KafkaFixture(ServerContainers.kafka(IMAGE, port), "127.0.0.1:" + port);
  }

  private static KafkaFixture embedded() {
    int[] ports = FreePorts.find(2);
    try {
      Path directory = Files.createTempDirectory("freshet-kafka-");
      KafkaBrokerSettings settings =
          new KafkaBrokerSettings(ports[0], ports[1], directory.resolve("data"));
      List<String> command = new KafkaBrokerCommand(buildDirectory(), HEAP_MEGABYTES).of(settings);
      return new KafkaFixture(
          new ServerProcess(command, directory, KafkaBrokerMain.READY),
          settings.bootstrapServers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The {@code target} folder that this class was built into, be it as a folder or as a jar. */
  private static Path buildDirectory() {
    try {
      Path here =
          Path.of(KafkaFixture.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path parent = here.getParent();
      if (parent == null) {
        throw new IllegalStateException("Cannot find the build folder of " + here);
      }
      return parent;
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
