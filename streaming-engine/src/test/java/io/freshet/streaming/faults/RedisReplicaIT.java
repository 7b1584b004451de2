package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.streaming.ServedRows.Row;
import io.freshet.streaming.Soon;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A store that was made a replica takes no write, and none is taken for done. */
@WithFaults
@Tag("nightly")
class RedisReplicaIT {
  private static final Duration WHILE_READ_ONLY = Duration.ofSeconds(8);

  @Test
  void noWriteIsTakenForDoneUntilTheServerIsAMasterAgain(FaultBed bed, FaultSeed seed)
      throws Exception {
    try (Stream stream = Stream.open(bed, "redis-replica");
        RedisProcess other = RedisProcess.start()) {
      SeededDepartures departures = new SeededDepartures(seed);
      RunningJob job = stream.submit(null);
      stream.send(departures.draw(300));
      stream.awaitOracle();
      stream.checkpointAll();

      try (ReaderWatch watch = stream.watch()) {
        long refusedBefore = stream.redis().refusals();
        failOver(stream.redis(), other);
        Set<String> before = newest(stream);
        long completed = job.checkpoints("completed");
        stream.send(departures.draw(300));
        String checkpoint = job.requestCheckpoint();
        Soon.eventually(() -> assertThat(stream.redis().refusals()).isGreaterThan(refusedBefore));
        Soon.eventually(() -> assertThat(job.checkpoints("in_progress")).isEqualTo(1));
        long through = stream.rows().completeThrough(stream.view());
        await()
            .during(WHILE_READ_ONLY)
            .atMost(WHILE_READ_ONLY.multipliedBy(2))
            .untilAsserted(
                () -> {
                  assertThat(newest(stream)).isEqualTo(before);
                  assertThat(job.checkpoints("completed")).isEqualTo(completed);
                  assertThat(stream.rows().completeThrough(stream.view())).isEqualTo(through);
                });

        stream.redis().ask(redis -> redis.replicaofNoOne());
        stream.awaitOracle();
        Soon.eventually(
            () ->
                assertThat(job.outcome(checkpoint).get("status").get("id").asString())
                    .isEqualTo("COMPLETED"));
        watch.assertNeverWrong();
      }
      stream.awaitProgress();
    }
  }

  /** The job's server becomes the replica of another, which has taken over its rows. */
  private static void failOver(RedisProcess master, RedisProcess heir) {
    follow(heir, master);
    heir.ask(redis -> redis.replicaofNoOne());
    follow(master, heir);
  }

  private static void follow(RedisProcess replica, RedisProcess master) {
    replica.ask(redis -> redis.replicaof("127.0.0.1", master.port()));
    Soon.eventually(
        () ->
            assertThat(replica.<String>ask(redis -> redis.info("replication")))
                .contains("role:slave", "master_link_status:up"));
  }

  private static Set<String> newest(Stream stream) {
    Set<String> rows = new HashSet<>();
    for (String origin : stream.sentByOrigin().keySet()) {
      @Nullable Row row = stream.rows().find(stream.view(), origin);
      rows.add(origin + (row == null ? "" : " " + row.asOfMillis() + " " + row.features()[0]));
    }
    rows.removeIf(row -> row.indexOf(' ') < 0);
    return rows;
  }
}
