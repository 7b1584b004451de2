package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.supervisor.PlatformStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An online store that lost its rows gets them back from the engines, on command and by itself.
 * Nothing is sent meanwhile, and no tick is due but at midnight: no row comes back with the next
 * event of its key, or with the next run of its tier.
 */
@Tag("nightly")
class StoreLossIT {
  private static final String PROJECT = "store_loss";
  private static final ExpectedView STREAMED = AirportViews.expected("streamed_week", "7d");
  private static final ExpectedView DAILY = AirportViews.expected("daily_week", "7d");
  private static final List<ExpectedView> VIEWS = List.of(STREAMED, DAILY);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder = Path.of(".");

  private static AirportPlatform platform;

  @BeforeAll
  static void start() throws Exception {
    platform = AirportPlatform.start(folder, PROJECT, 24, Map.of());
    platform.traffic().history(10_000, Duration.ofDays(7));
    register(STREAMED, "streaming");
    register(DAILY, "daily");
    platform.awaitThrough(STREAMED.name());
    VIEWS.forEach(platform::awaitOracle);
  }

  @AfterAll
  static void stop() {
    if (platform != null) {
      platform.close();
    }
  }

  @Test
  void rowsThatWereDeletedComeBackOnCommand() throws Exception {
    int losses = losses();
    try (LookupWatch streamed = platform.watch(STREAMED);
        LookupWatch daily = platform.watch(DAILY)) {
      deleteRows();
      assertAllMissing();
      Instant asked = Instant.now();

      String answer =
          platform.rest().post("/api/v1/projects/" + PROJECT + "/online-store/rebuild", "");

      System.out.println("asked for a rebuild: " + answer);
      awaitRebuilt(asked);
      assertThat(losses()).as("losses that were noticed").isEqualTo(losses);
      streamed.assertNeverWrong();
      daily.assertNeverWrong();
    }
  }

  @Test
  void aStoreThatIsBackEmptyIsFilledByItself() throws Exception {
    int losses = losses();
    PlatformStatus.State before = platform.launcher().service("redis");
    try (LookupWatch streamed = platform.watch(STREAMED);
        LookupWatch daily = platform.watch(DAILY)) {
      platform.kill("redis");
      deleteContent(platform.launcher().data().redis());
      Instant killed = Instant.now();

      AirportPlatform.eventually(() -> assertThat(losses()).isEqualTo(losses + 1));
      awaitRebuilt(killed);
      PlatformStatus.State after = platform.launcher().service("redis");
      assertThat(after.pid()).isNotEqualTo(before.pid());
      assertThat(after.restarts()).isEqualTo(before.restarts() + 1);
      assertThat(streamed.misses()).as("reads without an answer or a row").isPositive();
      streamed.assertNeverWrong();
      daily.assertNeverWrong();
    }
  }

  private static void register(ExpectedView view, String tier) throws Exception {
    platform.put(
        view.name(),
        AirportViews.view(PROJECT, view.name(), "7d", "freshness: {tier: %s}".formatted(tier)));
  }

  private static void awaitRebuilt(Instant since) {
    for (ExpectedView view : VIEWS) {
      platform.awaitOracle(view);
      System.out.printf(
          "%s has all its rows again after %.1f s%n",
          view.name(), Duration.between(since, Instant.now()).toMillis() / 1e3);
    }
    platform.awaitLive(STREAMED.name(), "streaming");
    platform.awaitLive(DAILY.name(), "daily");
  }

  private static void assertAllMissing() throws Exception {
    for (ExpectedView view : VIEWS) {
      assertThat(platform.missing(view))
          .as("missing values of %s", view.name())
          .isEqualTo(platform.traffic().airports().size() * view.features().size());
    }
  }

  /** How often the platform found the store without its data. */
  private static int losses() throws Exception {
    return platform.rest().find("/api/v1/online-store").path("losses").asInt(-1);
  }

  /** The rows of the project; the store itself keeps by what it is known. */
  private static void deleteRows() throws IOException {
    RedisLine redis = RedisLine.of(platform.launcher().service("redis").address());
    String deleted =
        redis.answer(
            "EVAL \"local n = 0; for _, key in ipairs(redis.call('keys', 'f:%s:*')) do n = n + redis.call('del', key) end; return n\" 0"
                .formatted(PROJECT));
    assertThat(deleted).isEqualTo(":" + platform.traffic().airports().size());
  }

  private static void deleteContent(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(directory)) {
          Files.delete(path);
        }
      }
    }
  }
}
