package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Under a load that its TaskManager cannot carry the platform sheds the view that is needed least,
 * and brings it back with all that was dropped once the load is gone. The TaskManager is let run
 * for a part of each second only, less and less, until it is overloaded.
 */
@Tag("nightly")
class SheddingIT {
  private static final String PROJECT = "shedding";
  private static final int AIRPORTS = 60;
  private static final int HEAVY_PER_SECOND = 4_000;
  private static final int LIGHT_PER_SECOND = 100;
  private static final long FIRST_RUN_MILLIS = 200;
  private static final long LEAST_RUN_MILLIS = 10;
  private static final Duration LIGHTEN = Duration.ofSeconds(20);
  private static final Duration UNTIL_SHED = Duration.ofMinutes(5);

  private static final ExpectedView KEPT = AirportViews.expected("kept", "1h");
  private static final ExpectedView SPARE = AirportViews.expected("spare", "1h");
  private static final ExpectedView LAST_SPARE = AirportViews.expected("last_spare", "1h");
  private static final List<ExpectedView> VIEWS = List.of(KEPT, SPARE, LAST_SPARE);

  /** Overload is believed and forgotten within seconds, and nothing is merely at risk. */
  private static final Map<String, String> QUICK =
      Map.ofEntries(
          Map.entry("FRESHET_OVERLOAD_INTERVAL", "1s"),
          Map.entry("FRESHET_OVERLOAD_TRENDWINDOW", "15s"),
          Map.entry("FRESHET_OVERLOAD_WARMUP", "5s"),
          Map.entry("FRESHET_OVERLOAD_BUSYATRISK", "1"),
          Map.entry("FRESHET_OVERLOAD_BACKPRESSUREATRISK", "1"),
          Map.entry("FRESHET_OVERLOAD_RELEASESHARE", "1"),
          Map.entry("FRESHET_OVERLOAD_RISKHORIZON", "1s"),
          Map.entry("FRESHET_OVERLOAD_OVERLOADHORIZON", "1s"),
          Map.entry("FRESHET_OVERLOAD_CATCHUPALLOWANCE", "10s"),
          Map.entry("FRESHET_OVERLOAD_CONFIRMATION", "3s"),
          Map.entry("FRESHET_OVERLOAD_COOLDOWN", "20s"),
          Map.entry("FRESHET_OVERLOAD_SETTLETIME", "30s"));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder = Path.of(".");

  @Test
  void theLeastNeededViewIsShedAndComesBackWithWhatWasDropped() throws Exception {
    try (AirportPlatform platform = AirportPlatform.start(folder, PROJECT, AIRPORTS, QUICK)) {
      platform.traffic().history(2_000, Duration.ofMinutes(30));
      register(platform, KEPT);
      register(platform, SPARE, "sheddable: true", "priority: 1");
      register(platform, LAST_SPARE, "sheddable: true", "priority: 90");
      for (ExpectedView view : VIEWS) {
        platform.awaitLive(view.name(), "streaming");
        platform.awaitOracle(view);
      }
      try (LookupWatch watch = platform.watch(KEPT)) {
        overload(platform);
        platform.traffic().flow(LIGHT_PER_SECOND);
        Instant relieved = Instant.now();
        AirportPlatform.eventually(
            () -> assertThat(shedEvents(platform, SPARE.name())).isPositive());
        System.out.printf("%.0f events were shed%n", shedEvents(platform, SPARE.name()));
        AirportPlatform.eventually(
            () ->
                assertThat(platform.served(KEPT.name()).path("freshness").asString(""))
                    .isEqualTo("FRESH"));
        for (ExpectedView view : VIEWS) {
          platform.awaitLive(view.name(), "streaming");
        }
        System.out.printf(
            "all views were live %.1f s after the load was gone%n",
            Duration.between(relieved, Instant.now()).toMillis() / 1e3);
        watch.assertNeverMissed();
      }
      platform.traffic().pause();
      for (ExpectedView view : VIEWS) {
        platform.awaitThrough(view.name());
        platform.awaitOracle(view);
      }
      assertThat(shedEvents(platform, KEPT.name())).isZero();
      assertThat(platform.stream().path("lateEvents").asLong(-1)).isZero();
    }
  }

  private static void register(AirportPlatform platform, ExpectedView view, String... rest)
      throws Exception {
    String[] lines = new String[rest.length + 1];
    lines[0] = "freshness: {maxStaleness: 20s}";
    System.arraycopy(rest, 0, lines, 1, rest.length);
    platform.put(view.name(), AirportViews.view(PROJECT, view.name(), "1h", lines));
  }

  /** Returns once the view of the lowest priority is shed, and lets the TaskManager run again. */
  private static void overload(AirportPlatform platform) throws Exception {
    platform.traffic().flow(HEAVY_PER_SECOND);
    Instant begun = Instant.now();
    try (SlowedProcess slowed = new SlowedProcess(platform.process("taskmanager"))) {
      await()
          .atMost(UNTIL_SHED)
          .pollInterval(Duration.ofSeconds(1))
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                slowed.runFor(runMillis(Duration.between(begun, Instant.now())));
                assertThat(state(platform, SPARE)).isEqualTo("SHEDDING");
              });
      System.out.printf(
          "shed after %d s, with %d ms of each second: %s%n",
          Duration.between(begun, Instant.now()).toSeconds(),
          runMillis(Duration.between(begun, Instant.now())),
          platform.stream().path("overload"));
      assertThat(state(platform, KEPT)).isEqualTo("LIVE");
      assertThat(state(platform, LAST_SPARE)).as("shed after the other").isEqualTo("LIVE");
    }
  }

  /** What it may run of each second: half as long after every while. */
  private static long runMillis(Duration since) {
    long halvings = Math.min(10, since.dividedBy(LIGHTEN));
    return Math.max(LEAST_RUN_MILLIS, FIRST_RUN_MILLIS >> halvings);
  }

  private static String state(AirportPlatform platform, ExpectedView view) throws Exception {
    return platform.served(view.name()).path("state").asString("");
  }

  /** The counter of a view's shed events, or 0 if there is none. */
  private static double shedEvents(AirportPlatform platform, String view) throws Exception {
    return platform
        .rest()
        .text("/actuator/prometheus")
        .lines()
        .filter(line -> line.startsWith("freshet_view_shed_events_total{"))
        .filter(line -> line.contains("project=\"" + PROJECT + "\""))
        .filter(line -> line.contains("view=\"" + view + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
