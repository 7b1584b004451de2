package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.supervisor.PlatformStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A JobManager that dies forgets its jobs: the platform starts it again, and its job as another
 * attempt from the newest checkpoint that was retained.
 */
@Tag("nightly")
class JobManagerLossIT {
  private static final String PROJECT = "job_manager_loss";
  private static final ExpectedView WEEK = AirportViews.expected("airport_week", "7d");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder = Path.of(".");

  @Test
  void itsJobGoesOnFromTheNewestRetainedCheckpoint() throws Exception {
    try (AirportPlatform platform = AirportPlatform.start(folder, PROJECT, 24, Map.of())) {
      platform.traffic().history(10_000, Duration.ofDays(7));
      platform.put(
          WEEK.name(),
          AirportViews.view(PROJECT, WEEK.name(), "7d", "freshness: {tier: streaming}"));
      platform.awaitThrough(WEEK.name());
      platform.awaitOracle(WEEK);
      platform.traffic().flow(100);
      try (LookupWatch watch = platform.watch(WEEK)) {
        awaitCheckpoints(platform, 3);
        loseJobManager(platform);
        watch.assertNeverMissed();
      }
      platform.traffic().pause();
      platform.awaitThrough(WEEK.name());
      platform.awaitOracle(WEEK);
      assertThat(platform.stream().path("lateEvents").asLong(-1)).isZero();
    }
  }

  private static void loseJobManager(AirportPlatform platform) throws Exception {
    JsonNode before = platform.stream();
    PlatformStatus.State process = platform.launcher().service("jobmanager");
    platform.kill("jobmanager");
    Instant killed = Instant.now();
    Path newest = newestCheckpoint(platform, before.path("jobId").asString());

    AirportPlatform.eventually(
        () -> {
          JsonNode after = platform.stream();
          assertThat(after.path("up").asBoolean(false)).as("%s", after).isTrue();
          assertThat(after.path("attempt").asInt(0)).isGreaterThan(before.path("attempt").asInt(0));
        });
    JsonNode after = platform.stream();
    System.out.printf(
        "attempt %d runs %.1f s after the kill, from %s%n",
        after.path("attempt").asInt(0),
        Duration.between(killed, Instant.now()).toMillis() / 1e3,
        after.path("restoredFrom").asString("nothing"));
    assertThat(after.path("jobId").asString()).isNotEqualTo(before.path("jobId").asString());
    assertThat(after.path("restoredFrom").asString("")).endsWith(newest.toString());
    assertThat(platform.launcher().service("jobmanager").pid()).isNotEqualTo(process.pid());
    assertThat(platform.launcher().service("jobmanager").restarts())
        .isEqualTo(process.restarts() + 1);
    awaitCheckpoints(platform, 1);
  }

  /** Returns once the attempt that runs now has completed so many. */
  private static void awaitCheckpoints(AirportPlatform platform, int count) throws Exception {
    String jobId = platform.stream().path("jobId").asString();
    AirportPlatform.eventually(
        () -> {
          assertThat(platform.stream().path("jobId").asString()).isEqualTo(jobId);
          JsonNode newest = platform.stream().path("lastCheckpoint");
          assertThat(newest.path("path").asString("")).contains(jobId);
          assertThat(newest.path("id").asLong(0)).isGreaterThanOrEqualTo(count);
        });
  }

  /** The newest folder of a job's checkpoints that has its metadata. */
  private static Path newestCheckpoint(AirportPlatform platform, String jobId) throws IOException {
    try (Stream<Path> all = Files.walk(platform.launcher().data().checkpoints())) {
      return all.filter(path -> path.toString().contains("/" + jobId + "/chk-"))
          .filter(path -> Files.exists(path.resolve("_metadata")))
          .max(Comparator.comparingLong(JobManagerLossIT::number))
          .orElseThrow();
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
  }
}
