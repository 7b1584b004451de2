package io.freshet.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.BatchRunPlan.Rows;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.Plans;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;

/** What holds where a replica is taken for dead that is not, and a process lives on. */
class OneRunAtATimeTest {
  private static final ViewPlan HOURLY = Plans.view("departures", 1, Tier.HOURLY);

  private Path folder;
  private BatchBench bench;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    bench = new BatchBench(temporary);
    bench.register(HOURLY);
    bench.started.noteStart(HOURLY, Instant.now().toEpochMilli() - 5_000);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void theDatabaseRefusesASecondRunningRunOfASource() {
    BatchRun first = bench.table.find(request()).orElseThrow();
    BatchRun second = bench.table.find(request()).orElseThrow();
    assertThat(bench.steps.begin(first, plan(first), Instant.now())).isTrue();

    assertThatThrownBy(() -> bench.steps.begin(second, plan(second), Instant.now()))
        .isInstanceOf(DuplicateKeyException.class);

    assertThat(bench.steps.begin(first, plan(first), Instant.now())).as("begun again").isFalse();
    assertThat(bench.table.inState(BatchBench.SOURCE, State.RUNNING)).hasSize(1);
  }

  @Test
  void aProcessOfAnotherHostIsWaitedForUntilItsLeaseIsOver() throws Exception {
    BatchRun left = bench.runLeftByACrash("elsewhere", HOURLY);
    ProcessHandle process = BatchBench.processOf(left);
    ScriptedRun.behave(folder, "succeed");
    Instant renewed = Instant.now();
    assertThat(bench.steps.renew(left, null)).isTrue();
    try {
      Optional<Instant> again = bench.replica(BatchBench.HOST).runs.doDue(BatchBench.SOURCE);

      assertThat(again.orElseThrow()).isAfter(renewed.plus(BatchBench.LEASE.dividedBy(2)));
      assertThat(bench.table.find(left.id()).orElseThrow().state()).isEqualTo(State.RUNNING);
      assertThat(ScriptedRun.journal(folder)).containsExactly("begin 1");
      bench.startReplica();
      BatchRun run = bench.awaitState(left.id(), State.SUCCEEDED);
      assertThat(run.attempt()).isEqualTo(2);
      assertThat(Duration.between(renewed, Instant.now())).isGreaterThan(BatchBench.LEASE);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aSecondReplicaThatTakesTheSourceStartsNothingBesideTheRun() throws Exception {
    ScriptedRun.behave(folder, "hang");
    String id = request();
    BatchBench.Replica first = bench.replica(BatchBench.HOST);
    CompletableFuture<Optional<Instant>> running =
        CompletableFuture.supplyAsync(() -> first.runs.doDue(BatchBench.SOURCE));
    bench.awaitJournal(1);
    BatchBench.Replica second = bench.replica("elsewhere");

    await()
        .during(BatchBench.LEASE.multipliedBy(2))
        .atMost(BatchBench.PATIENCE)
        .until(() -> second.runs.doDue(BatchBench.SOURCE).isPresent());

    assertThat(bench.table.find(id).orElseThrow().state()).isEqualTo(State.RUNNING);
    assertThat(ScriptedRun.journal(folder)).containsExactly("begin 1");
    second.operations.cancel(id);
    running.get(60, TimeUnit.SECONDS);
    assertThat(bench.table.find(id).orElseThrow().state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aSupervisorWhoseRunWasTakenFromItEndsItsProcessAndWritesNothing() throws Exception {
    ScriptedRun.behave(folder, "hang");
    String id = request();
    BatchBench.Replica first = bench.replica(BatchBench.HOST);
    CompletableFuture<Optional<Instant>> running =
        CompletableFuture.supplyAsync(() -> first.runs.doDue(BatchBench.SOURCE));
    BatchRun taken = bench.awaitProcess(id);
    ProcessHandle process = BatchBench.processOf(taken);

    boolean took =
        bench.steps.tryAgain(taken, Instant.now().plusSeconds(600), "another took it over");
    running.get(60, TimeUnit.SECONDS);

    assertThat(took).isTrue();
    assertThat(process.isAlive()).isFalse();
    BatchRun now = bench.table.find(id).orElseThrow();
    assertThat(now.state()).isEqualTo(State.PENDING);
    assertThat(now.problem()).isEqualTo("another took it over");
  }

  @Test
  void aProcessIsToldToBeginAfterItIsStoredAndForALease() throws Exception {
    ScriptedRun.behave(folder, "succeed when told");
    bench.startReplica();

    bench.awaitState(request(), State.SUCCEEDED);

    assertThat(ScriptedRun.journal(folder)).anyMatch(line -> line.matches("told [0-3]"));
  }

  @Test
  void whatARunTellsIsShownAndThatItTellsNoMore() throws Exception {
    ScriptedRun.behave(folder, "tell and hang");
    String id = request();
    bench.startReplica();
    Operations operations = bench.replica(BatchBench.HOST).operations;

    Operation stalled =
        await()
            .atMost(BatchBench.PATIENCE)
            .until(
                () -> operations.find(id),
                shown -> shown.stalledFor() != null && shown.progress() != null);

    assertThat(stalled.progress())
        .extracting(
            "stage", "view", "tasksDone", "tasksKnown", "rowsRead", "rowsWritten", "rowsServed")
        .containsExactly("serve", "departures", 3, 7, 40L, 30L, 20L);
    assertThat(bench.meters.get("freshet.batch.run.stalled").gauge().value()).isEqualTo(1);
    assertThat(bench.meters.get("freshet.batch.run.idle").gauge().value()).isPositive();
    assertThat(bench.meters.get("freshet.batch.run.rows").tag("kind", "served").gauge().value())
        .isEqualTo(20);
    operations.cancel(id);
    await()
        .atMost(BatchBench.PATIENCE)
        .until(() -> bench.meters.find("freshet.batch.run.stalled").gauge() == null);
  }

  private String request() {
    long asOf = Instant.now().toEpochMilli() - 5_000;
    return bench.table.request(BatchBench.SOURCE, "hourly", Cause.MANUAL, asOf, Instant.now());
  }

  private RunPlan plan(BatchRun run) {
    return new RunPlan.Materialize(
        new BatchRunPlan(
            run.id(),
            Plans.source("departures"),
            List.of(HOURLY),
            Instant.now().toEpochMilli(),
            1,
            "127.0.0.1:1",
            "redis://127.0.0.1:1",
            "unused",
            Rows.CHANGED,
            DeadLetters.SENT_BY_RUN,
            folder.resolve("result.json").toString()));
  }
}
