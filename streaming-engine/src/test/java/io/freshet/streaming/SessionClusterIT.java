package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLog;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.servers.testing.FreePorts;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.redis.RedisOnlineStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar as it is shipped, submitted by REST to a cluster of real processes. */
class SessionClusterIT {
  private static final String JOB_ID = "00000000000000000000000000000a11";

  @Test
  void theShippedJarServesRightValuesAndSurvivesTheDeathOfItsTaskManager(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    int[] ports = FreePorts.find(2);
    ViewPlan view =
        Flights.logged(
            Flights.view("session", "delayed", 1, 600_000, "delay > 15"),
            FeatureLog.KAFKA,
            FeatureLog.DELTA);
    Path warehouse = folder.resolve("warehouse");
    LogFolder table = new LogFolder(warehouse, Flights.source("session"), view);
    try (KafkaFixture kafka = KafkaFixture.start();
        RedisFixture redis = RedisFixture.start();
        RedisOnlineStore store = RedisOnlineStore.open(redis.uri());
        SourceTopics topics = SourceTopics.create(kafka, Flights.source("session"), 2);
        SessionCluster cluster = new SessionCluster(folder, ports[0], ports[1])) {
      ServedRows rows = new ServedRows(store);
      LogTopic topic = LogTopic.create(kafka, Flights.source("session"), view);
      cluster.start();
      ClusterRest rest = new ClusterRest(cluster.restAddress());
      Soon.eventually(
          () ->
              assertThat(rest.find("/taskmanagers").get("taskmanagers").size())
                  .as(cluster.lastWords())
                  .isEqualTo(1));
      StreamingJobPlan plan =
          new StreamingJobPlan(
              "freshet-session",
              Flights.source("session"),
              Delivery.EXACTLY_ONCE,
              List.of(view),
              kafka.bootstrapServers(),
              redis.uri(),
              FeatureLogPlan.to(warehouse.toString()),
              CheckpointPlan.every(folder.resolve("checkpoints").toUri().toString(), 10_000),
              50);
      String jar = rest.upload(Path.of(SessionCluster.property("freshet.job.jar")));
      rest.run(jar, JOB_ID, PlanCodec.encodeToString(plan));

      List<Departure> sent = new ArrayList<>(departures(System.currentTimeMillis()));
      topics.send(sent);
      Soon.eventually(() -> rows.matchRecomputation(view, sent));
      Soon.eventually(() -> assertThat(completedCheckpoints(rest)).isPositive());

      List<Departure> uncovered = departures(System.currentTimeMillis());
      topics.send(uncovered);
      sent.addAll(uncovered);
      Soon.eventually(() -> rows.matchRecomputation(view, sent));
      long killedAt = System.currentTimeMillis();
      cluster.killTaskManager();
      Soon.eventually(() -> assertThat(restartingSince(rest)).isGreaterThanOrEqualTo(killedAt));
      List<Departure> whileDown = departures(System.currentTimeMillis());
      topics.send(whileDown);
      sent.addAll(whileDown);
      cluster.startTaskManager();

      Soon.eventually(() -> rows.matchRecomputation(view, sent));
      Soon.eventually(() -> assertThat(rows.completeThrough(view)).isGreaterThan(killedAt + 5_000));
      assertThat(
              rest.find("/jobs/" + JOB_ID + "/checkpoints").get("counts").get("restored").asLong())
          .isPositive();
      Soon.eventually(() -> LoggedRow.matchRecomputation(topic.committed(), view, sent));
      Soon.eventually(() -> LoggedRow.matchRecomputation(table.rows(), view, sent));
    }
  }

  private static long completedCheckpoints(ClusterRest rest) throws Exception {
    return rest.find("/jobs/" + JOB_ID + "/checkpoints").get("counts").get("completed").asLong();
  }

  /** When the job last began to restart, in milliseconds since the epoch; 0 if it never did. */
  private static long restartingSince(ClusterRest rest) throws Exception {
    return rest.find("/jobs/" + JOB_ID).get("timestamps").get("RESTARTING").asLong();
  }

  private static List<Departure> departures(long nowMillis) {
    List<Departure> departures = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      departures.add(new Departure("A" + i % 7, nowMillis - i * 5L, 16L + i));
    }
    return departures;
  }
}
