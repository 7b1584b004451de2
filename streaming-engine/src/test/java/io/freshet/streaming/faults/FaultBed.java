package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.servers.testing.FreePorts;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.streaming.ClusterRest;
import io.freshet.streaming.SessionCluster;
import io.freshet.streaming.Soon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * The processes that all fault tests share, for they take long to start: a broker, a JobManager and
 * a TaskManager. Their logs are in {@code target/faults}.
 */
final class FaultBed implements AutoCloseable {
  private final Path folder;
  private final KafkaFixture kafka;
  private final SessionCluster cluster;
  private final ClusterRest rest;
  private String jar = "";

  private FaultBed(Path folder, KafkaFixture kafka) throws IOException {
    int[] ports = FreePorts.find(2);
    this.folder = folder;
    this.kafka = kafka;
    this.cluster = new SessionCluster(folder, ports[0], ports[1]);
    this.rest = new ClusterRest(cluster.restAddress());
  }

  static FaultBed make() {
    try {
      Path target = Files.createDirectories(Path.of("target", "faults").toAbsolutePath());
      return new FaultBed(Files.createTempDirectory(target, "run-"), KafkaFixture.start());
    } catch (IOException e) {
      throw new IllegalStateException("Cannot lay out the folder of the fault tests", e);
    }
  }

  KafkaFixture kafka() {
    return kafka;
  }

  SessionCluster cluster() {
    return cluster;
  }

  ClusterRest rest() {
    return rest;
  }

  /** The id of the uploaded job's jar. */
  String jar() {
    return jar;
  }

  Path folder() {
    return folder;
  }

  /** Starts what is missing, and returns once all slots of the cluster are free. */
  void recover() throws Exception {
    kafka.restart();
    if (!cluster.hasJobManager()) {
      cluster.startJobManager();
    }
    if (!cluster.hasTaskManager()) {
      cluster.startTaskManager();
    }
    awaitSlots();
    if (jar.isEmpty()) {
      jar = rest.upload(Path.of(SessionCluster.property("freshet.job.jar")));
    }
  }

  /** Returns once the TaskManager offers all its slots, and no other is thought to be there. */
  void awaitSlots() {
    Soon.eventually(
        () -> {
          JsonNode found = rest.find("/taskmanagers").get("taskmanagers");
          assertThat(found.size()).isEqualTo(1);
          assertThat(found.get(0).get("id").asString()).isEqualTo(cluster.taskManagerId());
          assertThat(found.get(0).get("freeSlots").asLong()).isEqualTo(2);
        });
  }

  @Override
  public void close() {
    cluster.close();
    kafka.close();
  }
}
