package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLog;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.servers.testing.FreePorts;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.servers.testing.RedisFixture;
import io.freshet.store.redis.RedisOnlineStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session cluster outlives its jobs, so a job that has ended must not leave its classes behind.
 * What the cluster shares with the jobs, Hadoop above all, may remember the first of them.
 */
@Tag("nightly")
class DeploymentLeakIT {
  private static final int DEPLOYMENTS = 6;
  private static final int REMEMBERED = 2;
  private static final SourcePlan SOURCE = Flights.source("leak");
  private static final ViewPlan VIEW =
      Flights.logged(
          Flights.view("leak", "delayed", 1, 600_000, "delay > 15"),
          FeatureLog.KAFKA,
          FeatureLog.DELTA);

  private final List<Departure> sent = new ArrayList<>();

  @Test
  void aCancelledJobLeavesNoClassLoaderBehind(
      @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    int[] ports = FreePorts.find(2);
    try (KafkaFixture kafka = KafkaFixture.start();
        RedisFixture redis = RedisFixture.start();
        RedisOnlineStore store = RedisOnlineStore.open(redis.uri());
        SourceTopics topics = SourceTopics.create(kafka, SOURCE, 2);
        SessionCluster cluster = new SessionCluster(folder, ports[0], ports[1])) {
      LogTopic.create(kafka, SOURCE, VIEW);
      cluster.start();
      ClusterRest rest = new ClusterRest(cluster.restAddress());
      Soon.eventually(
          () -> assertThat(rest.find("/taskmanagers").get("taskmanagers").size()).isEqualTo(1));
      String jar = rest.upload(Path.of(SessionCluster.property("freshet.job.jar")));
      String plan = PlanCodec.encodeToString(plan(kafka, redis, folder));
      for (int deployment = 0; deployment < DEPLOYMENTS; deployment++) {
        String job = "0000000000000000000000000000b1%02d".formatted(deployment);
        rest.run(jar, job, plan);
        serve(topics, new ServedRows(store));
        Soon.eventually(() -> assertThat(completedCheckpoints(rest, job)).isPositive());
        assertThat(cluster.jobClassLoaders()).as("the running job has one").isPositive();
        rest.cancel(job);
        Soon.eventually(() -> assertThat(state(rest, job)).isEqualTo("CANCELED"));
      }
      Soon.eventually(() -> assertThat(cluster.jobClassLoaders()).isLessThanOrEqualTo(REMEMBERED));
    }
  }

  private void serve(SourceTopics topics, ServedRows rows) throws Exception {
    List<Departure> departures = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      departures.add(new Departure("A" + i % 7, System.currentTimeMillis() - i, 16L + i));
    }
    topics.send(departures);
    sent.addAll(departures);
    Soon.eventually(() -> rows.matchRecomputation(VIEW, sent));
  }

  private static StreamingJobPlan plan(KafkaFixture kafka, RedisFixture redis, Path folder) {
    return new StreamingJobPlan(
        "freshet-leak",
        SOURCE,
        Delivery.EXACTLY_ONCE,
        List.of(VIEW),
        kafka.bootstrapServers(),
        redis.uri(),
        FeatureLogPlan.to(folder.resolve("warehouse").toString()),
        CheckpointPlan.every(folder.resolve("checkpoints").toUri().toString(), 10_000),
        50);
  }

  private static long completedCheckpoints(ClusterRest rest, String job) throws Exception {
    return rest.find("/jobs/" + job + "/checkpoints").get("counts").get("completed").asLong();
  }

  private static String state(ClusterRest rest, String job) throws Exception {
    return rest.find("/jobs/" + job).get("state").asString();
  }
}
