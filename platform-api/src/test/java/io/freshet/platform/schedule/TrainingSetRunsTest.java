package io.freshet.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Tier;
import io.freshet.platform.routing.RoutingPolicy;
import io.freshet.serving.ServingDelay;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class TrainingSetRunsTest {
  private static final Instant TICK = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void aTierTakesAsLongAsItsRunsTookAndElseAsTheRouterAllows(@TempDir Path folder) {
    try (BatchBench bench = new BatchBench(folder)) {
      JdbcClient database = JdbcClient.create(bench.database);
      TrainingSetRuns runs =
          new TrainingSetRuns(
              database,
              bench.table,
              new RoutingPolicy(Duration.ofMinutes(15), Duration.ofSeconds(5), 0.5),
              Clock.systemUTC());

      assertThat(runs.delay(BatchBench.SOURCE, Tier.HOURLY))
          .isEqualTo(new ServingDelay(5_000, 900_000));

      insert(database, 1, 6, 40, "hourly", "TICK");
      insert(database, 2, 8, 50, "hourly", "TICK");
      insert(database, 3, 4_000, 9_000, "hourly", "TICK");
      insert(database, 4, 1, 1, "hourly", "MANUAL");
      insert(database, 5, 1, 1, "daily", "TICK");

      assertThat(runs.delay(BatchBench.SOURCE, Tier.HOURLY))
          .isEqualTo(new ServingDelay(8_000, 50_000));
    }
  }

  private static void insert(
      JdbcClient database, int hour, int startSeconds, int endSeconds, String tier, String cause) {
    Instant tick = TICK.plus(Duration.ofHours(hour));
    database
        .sql(
            "insert into batch_run (id, project, source, tier, cause, state, as_of, attempt,"
                + " sequence, not_before, requested_at, started_at, finished_at) values (:id,"
                + " :project, :source, :tier, :cause, 'SUCCEEDED', :asOf, 1, 1, :start, :start,"
                + " :start, :end)")
        .param("id", "run-" + hour)
        .param("project", BatchBench.SOURCE.project())
        .param("source", BatchBench.SOURCE.source())
        .param("tier", tier)
        .param("cause", cause)
        .param("asOf", tick.toEpochMilli())
        .param("start", tick.plusSeconds(startSeconds).atOffset(ZoneOffset.UTC))
        .param("end", tick.plusSeconds(endSeconds).atOffset(ZoneOffset.UTC))
        .update();
  }
}
