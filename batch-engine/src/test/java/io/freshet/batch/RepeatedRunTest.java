package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.archive.ArchiveRun;
import io.freshet.batch.archive.ArchiveTables;
import io.freshet.batch.archive.TopicArchiver;
import io.freshet.batch.materialize.Materializer;
import io.freshet.batch.source.EventTable;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.BatchRunResult.ViewResult;
import io.freshet.plan.ViewPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed somewhere and run again ends in the same tables and rows. */
@ExtendWith(BatchServers.Extension.class)
class RepeatedRunTest {
  private static final long SEED = 20260202; // Of every random event here.
  private static final Instant NOW = Instant.parse("2026-03-10T14:25:17.250Z");

  private final BatchServers servers;
  private final Path folder;

  RepeatedRunTest(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void aRepeatedRunChangesNothingButHealsWhatCameLate() throws Exception {
    Scenario flights = new Scenario(servers, folder, "repeated").createTopic();
    ViewPlan view = Flights.originDelays(51, "repeated");
    List<Flight> events = Flights.random(SEED, 300, NOW.minus(Duration.ofDays(1)), NOW);
    List<Flight> late = Flights.random(SEED + 1, 9, NOW.minus(Duration.ofHours(5)), NOW);
    flights.send(events);
    BatchRunResult first = flights.run(flights.plan("r", NOW, 1, view));
    List<String> logged = logged(flights, view);

    BatchRunResult second = flights.run(flights.plan("r", NOW, 2, view));

    assertThat(second.archivedEvents()).isZero();
    assertThat(second.views())
        .extracting(ViewResult::rows, ViewResult::applied)
        .isEqualTo(List.of(tuple(first.views().get(0).rows(), first.views().get(0).applied())));
    assertThat(logged(flights, view)).isEqualTo(logged);
    ServedRows.assertEqual(flights, view, Oracle.rows(view, events, NOW));

    flights.send(late);
    flights.run(flights.plan("r", NOW, 3, view));

    List<Flight> all = Stream.concat(events.stream(), late.stream()).toList();
    ServedRows.assertEqual(flights, view, Oracle.rows(view, all, NOW));
    assertThat(logged(flights, view)).hasSameSizeAs(logged).isNotEqualTo(logged);
  }

  @Test
  void aRunThatDiedBetweenArchiveAndViewsIsTakenUp() throws Exception {
    Scenario flights = new Scenario(servers, folder, "taken_up").createTopic();
    ViewPlan view = Flights.routeDelays(52, "taken_up");
    List<Flight> events = Flights.random(SEED, 100, NOW.minus(Duration.ofHours(9)), NOW);
    flights.send(events);
    BatchRunPlan plan = flights.plan("d", NOW, 1, view);
    ArchiveTables tables = ArchiveTables.ensured(servers.spark(), ArchiveRun.of(plan));
    TopicArchiver.archive(servers.spark(), ArchiveRun.of(plan), tables);

    BatchRunResult result = flights.run(flights.plan("d", NOW, 2, view));

    assertThat(result.archivedEvents()).isZero();
    ServedRows.assertEqual(flights, view, Oracle.rows(view, events, NOW));
  }

  @Test
  void aMicroBatchThatDiedAfterItsCommitIsNotArchivedTwice() throws Exception {
    Scenario flights = new Scenario(servers, folder, "replayed").createTopic();
    flights.send(Flights.random(SEED, 50, NOW.minus(Duration.ofHours(9)), NOW));
    flights.sendRaw(List.of("no event"));
    flights.run(flights.plan("m1", NOW, 1));
    Path commits = Path.of(flights.warehouse().archiveCheckpoint()).resolve("commits");
    Path committed = commits.resolve("0");
    Files.delete(committed);
    Files.delete(commits.resolve(".0.crc"));

    BatchRunResult replayed = flights.run(flights.plan("m2", NOW, 1));

    assertThat(committed).exists();
    assertThat(replayed.archivedEvents()).as("the micro-batch ran again").isEqualTo(50);
    assertThat(flights.table(flights.warehouse().archive(), "_offset")).hasSize(50);
    assertThat(flights.table(flights.warehouse().rejected(), "_offset")).hasSize(1);
  }

  @Test
  void aKeyOfATickThatNeverFinishedIsStillEmptied() throws Exception {
    Scenario flights = new Scenario(servers, folder, "unfinished").createTopic();
    ViewPlan view = Flights.routeDelays(53, "unfinished");
    List<String> route = List.of("LNK", "ATL");
    flights.send(List.of(new Flight(NOW.minusSeconds(9), "LNK", "ATL", 4L, 10)));
    flights.run(flights.plan("u1", NOW, 1, view));
    BatchRunPlan unfinished = flights.plan("u2", NOW.plus(Duration.ofHours(8)), 1, view);
    String log = flights.warehouse().featureLog(53);
    Path aside = folder.resolve("log-aside");
    runWithoutLog(unfinished, Path.of(log), aside);
    // The tick emptied the key and wrote no log: for all that is known, its rows were not served.

    BatchRunResult next = flights.run(flights.plan("u3", NOW.plus(Duration.ofHours(9)), 1, view));

    assertThat(next.views().get(0).rows()).isEqualTo(1);
    assertThat(flights.served(view, List.of(route)).get(route))
        .containsExactly(NOW.minusSeconds(9), 0L, null);
  }

  @Test
  void aRunWaitsForAnOnlineStoreThatComesBack() throws Exception {
    Scenario flights = new Scenario(servers, folder, "patient").createTopic();
    ViewPlan view = Flights.routeDelays(54, "patient");
    List<Flight> events = Flights.random(SEED, 100, NOW.minus(Duration.ofHours(5)), NOW);
    flights.send(events);
    BatchRunPlan plan = flights.plan("p", NOW, 1, view);
    ArchiveTables tables = ArchiveTables.ensured(servers.spark(), ArchiveRun.of(plan));
    TopicArchiver.archive(servers.spark(), ArchiveRun.of(plan), tables);
    Path tiles = Path.of(flights.warehouse().tiles(54), "_delta_log");
    servers.redis().kill();

    CompletableFuture<Long> applied;
    try {
      applied =
          CompletableFuture.supplyAsync(
              () ->
                  Materializer.materialize(
                          servers.spark(),
                          plan,
                          EventTable.of(servers.spark(), plan.source(), plan.warehouse()),
                          tables.rejected())
                      .views()
                      .get(0)
                      .applied());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(tiles.resolve("00000000000000000001.json")));
      assertThat(applied).isNotDone();
    } finally {
      servers.redis().restart();
    }

    assertThat(applied.get(90, TimeUnit.SECONDS)).isPositive();
    ServedRows.assertEqual(flights, view, Oracle.rows(view, events, NOW));
  }

  /** Runs a plan and then takes from the feature log what the run wrote there. */
  private void runWithoutLog(BatchRunPlan plan, Path log, Path aside) throws Exception {
    copy(log, aside);
    BatchJob.run(servers.spark(), plan);
    delete(log);
    Files.move(aside, log);
    DeltaLog.clearCache();
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<String> logged(Scenario flights, ViewPlan view) {
    return flights.table(flights.warehouse().featureLog(view.number()), "keys").stream()
        .map(row -> row.<Row>getAs("keys") + " " + row.<Row>getAs("features"))
        .toList();
  }
}
