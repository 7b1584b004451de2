package io.freshet.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.local.demo.Launcher.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Millions of real flights through the whole platform, and all that both engines serve of them
 * compared with an oracle. CONTRIBUTING.md says how to run it.
 */
@Tag("flights")
class FlightsIT {
  private static final String PROJECT = "real_flights";
  private static final String STREAMING = "streaming";
  private static final String BATCH = "daily";
  private static final List<String> TIERS = List.of(STREAMING, BATCH);
  private static final Duration DEADLINE = Duration.ofHours(2);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder = Path.of(".");

  private static Launcher launcher;
  private static FlightTable flights;
  private final Narration narration = new Narration(System.out);

  @BeforeAll
  static void start() throws Exception {
    flights = readFlights();
    launcher = new Launcher(folder);
    Outcome up = launcher.run("up", "--detach");
    assertThat(up.exit()).as(up.output()).isZero();
  }

  @AfterAll
  static void stop() throws Exception {
    if (launcher != null) {
      launcher.run("down");
    }
  }

  @Test
  void bothEnginesServeWhatTheFlightsSayForEveryKey() {
    PlatformClient client = new PlatformClient(launcher.status().api());
    narration.chapter("The flights");
    client.apply(DemoDocuments.source(PROJECT));
    client.push(PROJECT, List.of()); // The platform makes a source's topic at the first push.
    flights.moveNewestBefore(System.currentTimeMillis());
    send();
    TIERS.forEach(tier -> client.apply(views(tier)));
    awaitEngines(client);

    assertThat(compare(client)).allMatch(OracleTally::holds);
  }

  private static FlightTable readFlights() throws SQLException {
    String file = System.getProperty("flights");
    if (file == null) {
      throw new IllegalStateException(
          "Cannot run: no flights are given, say -Dflights=/path/to/flights-3m.parquet");
    }
    int last = Integer.getInteger("flights.last", Integer.MAX_VALUE);
    return FlightTable.lastOf(Path.of(file), last);
  }

  private void send() {
    FlightSender.send(flights, launcher.service("kafka").address(), PROJECT + ".departures");
    narration.say(
        "Sent %,d flights from %s to %s, keyed by origin"
            .formatted(
                flights.size(),
                Instant.ofEpochMilli(flights.time(0)),
                Instant.ofEpochMilli(flights.time(flights.size() - 1))));
  }

  private void awaitEngines(PlatformClient client) {
    narration.chapter("Both engines work through them");
    long newest = flights.time(flights.size() - 1);
    TierWatch streaming =
        new TierWatch(
            STREAMING, client, PROJECT, progress -> progress.streamingIsThrough(newest), narration);
    TierWatch batch = new TierWatch(BATCH, client, PROJECT, Progress::batchHasRun, narration);
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofSeconds(5))
        .until(
            () -> {
              boolean batchIs = batch.isComplete();
              return streaming.isComplete() && batchIs;
            });
  }

  private List<OracleTally> compare(PlatformClient client) {
    narration.chapter("All keys against the oracle");
    OracleComparison comparison = new OracleComparison(client, PROJECT, flights);
    List<OracleTally> tallies = new ArrayList<>();
    narration.show(OracleTally.heading());
    for (OracleView view : OracleViews.all()) {
      for (String tier : TIERS) {
        OracleTally tally = comparison.compare(view, tier);
        narration.show(tally.toString());
        tallies.add(tally);
      }
    }
    narration.say("Compared");
    return tallies;
  }

  private static String views(String tier) {
    try (InputStream in =
        Objects.requireNonNull(
            FlightsIT.class.getResourceAsStream("real-flights-views.yaml"), "the views")) {
      return new String(in.readAllBytes(), UTF_8)
          .replace("TIER", tier)
          .replace("project: flights,", "project: " + PROJECT + ",");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
