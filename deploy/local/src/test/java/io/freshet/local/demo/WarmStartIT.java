package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A view of a week is right within minutes, and changes its engine without a missed read. */
@Tag("nightly")
class WarmStartIT {
  private static final String PROJECT = "warm_start";
  private static final int AIRPORTS = 24;
  private static final int HISTORY = 20_000;
  private static final int PER_SECOND = 40;
  private static final Duration WARM = Duration.ofMinutes(5);
  private static final ExpectedView HOUR = AirportViews.expected("airport_hour", "1h");
  private static final ExpectedView WEEK = AirportViews.expected("airport_week", "7d");

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder = Path.of(".");

  @Test
  void aViewOfAWeekIsWarmWithinMinutesAndMovesBetweenTheEnginesWithoutAMissedRead()
      throws Exception {
    try (AirportPlatform platform = AirportPlatform.start(folder, PROJECT, AIRPORTS, Map.of())) {
      platform.traffic().history(HISTORY, Duration.ofDays(7));
      platform.put(
          HOUR.name(),
          AirportViews.view(PROJECT, HOUR.name(), "1h", "freshness: {maxStaleness: 20s}"));
      platform.awaitThrough(HOUR.name());
      platform.traffic().flow(PER_SECOND);

      warmStart(platform);
      try (LookupWatch watch = platform.watch(WEEK)) {
        moveAndReturn(platform);
        watch.assertNeverMissed();
        assertThat(watch.engines()).containsExactlyInAnyOrder("streaming", "batch");
        System.out.println(watch.looks() + " lookups of all airports while the view moved");
      }
      platform.traffic().pause();
      platform.awaitThrough(WEEK.name());
      platform.awaitOracle(WEEK);
      platform.awaitOracle(HOUR);
      assertThat(platform.stream().path("lateEvents").asLong(-1)).isZero();
    }
  }

  private static void warmStart(AirportPlatform platform) throws Exception {
    int before = platform.traffic().count();
    Instant registered = Instant.now();
    platform.put(WEEK.name(), week("streaming"));
    assertThat(platform.route(WEEK.name()).path("state").asString()).isEqualTo("BOOTSTRAPPING");
    platform.awaitLive(WEEK.name(), "streaming");
    Duration took = Duration.between(registered, Instant.now());
    System.out.printf(
        "a view of 7 days over %d events was live after %.1f s%n", before, took.toMillis() / 1e3);
    assertThat(took).isLessThan(WARM);
    assertThat(platform.traffic().count()).as("events meanwhile").isGreaterThan(before);
    try (LookupWatch watch = platform.watch(WEEK)) {
      AirportPlatform.eventually(() -> assertThat(watch.looks()).isGreaterThan(10));
      watch.assertNeverMissed();
    }
    platform.awaitOracle(WEEK);
  }

  /** To the batch engine and back, by its freshness alone. */
  private static void moveAndReturn(AirportPlatform platform) throws Exception {
    int number = platform.route(WEEK.name()).path("number").asInt(-1);
    for (String tier : new String[] {"hourly", "streaming"}) {
      Instant asked = Instant.now();
      platform.put(WEEK.name(), week(tier));
      platform.awaitLive(WEEK.name(), tier);
      System.out.printf(
          "the view is served by tier %s after %d s%n",
          tier, Duration.between(asked, Instant.now()).toSeconds());
      assertThat(platform.route(WEEK.name()).path("number").asInt(-1)).isEqualTo(number);
      platform.awaitOracle(WEEK);
    }
  }

  private static String week(String tier) {
    return AirportViews.view(PROJECT, WEEK.name(), "7d", "freshness: {tier: %s}".formatted(tier));
  }
}
