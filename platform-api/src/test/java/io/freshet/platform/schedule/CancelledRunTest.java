package io.freshet.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.Plans;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.RunProcess;
import io.freshet.platform.schedule.BatchRun.State;
import io.freshet.platform.web.RequestRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelledRunTest {
  private static final ViewPlan HOURLY = Plans.view("departures", 1, Tier.HOURLY);

  private Path folder;
  private BatchBench bench;
  private BatchBench.Replica replica;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    bench = new BatchBench(temporary);
    bench.register(HOURLY);
    bench.started.noteStart(HOURLY, Instant.now().toEpochMilli() - 5_000);
    replica = bench.replica(BatchBench.HOST);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aRunningRunIsEndedWithAllThatItStarted() throws Exception {
    ScriptedRun.behave(folder, "hang with a child");
    BatchRun running = startedRun();
    Path childFile = folder.resolve("child");
    await().atMost(BatchBench.PATIENCE).until(() -> Files.exists(childFile));
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(Files.readString(childFile))).orElseThrow();
    ProcessHandle process = BatchBench.processOf(running);
    assertThat(child.isAlive()).isTrue();

    Operation operation = replica.operations.cancel(running.id());

    assertThat(operation.state()).isEqualTo("CANCELLED");
    assertThat(process.isAlive()).isFalse();
    await().atMost(BatchBench.PATIENCE).until(() -> !child.isAlive());
    assertThat(bench.table.find(running.id()).orElseThrow().attempt()).isEqualTo(1);
    assertThat(bench.meters.get("freshet.batch.runs").tag("outcome", "cancelled").counter().count())
        .isEqualTo(1);
  }

  @Test
  void aProcessThatDoesNotEndWhenAskedIsKilled() throws Exception {
    ScriptedRun.behave(folder, "hang on");
    BatchRun running = startedRun();
    bench.awaitJournal(2);
    ProcessHandle process = BatchBench.processOf(running);

    replica.operations.cancel(running.id());

    assertThat(ScriptedRun.journal(folder)).contains("asked 1");
    assertThat(process.isAlive()).isFalse();
    assertThat(bench.table.find(running.id()).orElseThrow().state()).isEqualTo(State.CANCELLED);
  }

  @Test
  void aRunOfAnotherReplicaIsEndedByThatOne() throws Exception {
    ScriptedRun.behave(folder, "hang");
    BatchRun running = startedRun();
    ProcessHandle process = BatchBench.processOf(running);

    Operation asked = bench.replica("elsewhere").operations.cancel(running.id());

    assertThat(asked.cancelRequestedAt()).isNotNull();
    bench.awaitState(running.id(), State.CANCELLED);
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void cancellingAgainChangesNothing() throws Exception {
    ScriptedRun.behave(folder, "hang");
    BatchRun running = startedRun();
    Operation once = replica.operations.cancel(running.id());

    Operation twice = replica.operations.cancel(running.id());

    assertThat(twice).isEqualTo(once);
  }

  @Test
  void aRunThatWaitsNeverStarts() throws Exception {
    ScriptedRun.behave(folder, "succeed");
    String id = request();

    Operation operation = replica.operations.cancel(id);
    bench.startReplica();
    BatchRun next = bench.awaitState(request(), State.SUCCEEDED);

    assertThat(operation.state()).isEqualTo("CANCELLED");
    assertThat(operation.attempts()).isZero();
    assertThat(bench.table.find(id).orElseThrow().state()).isEqualTo(State.CANCELLED);
    assertThat(next.attempt()).isEqualTo(1);
  }

  @Test
  void newViewsWhoseRunWasCancelledWaitForTheirTick() {
    bench.register(Plans.view("departures", 2, Tier.HOURLY));
    RunPlanner planner = bench.planner(Clock.systemUTC());
    planner.plan();
    BatchRun asked = bench.onlyRun();
    assertThat(asked.cause()).isEqualTo(Cause.NEW_VIEWS);

    replica.operations.cancel(asked.id());
    planner.plan();

    assertThat(bench.table.newest(BatchBench.SOURCE, 10))
        .filteredOn(run -> run.cause() == Cause.NEW_VIEWS)
        .hasSize(1);
  }

  @Test
  void aRunThatACrashHasLeftIsEndedByItsStoredProcess() throws Exception {
    BatchRun left = bench.runLeftByACrash(BatchBench.HOST, HOURLY);
    ProcessHandle process = BatchBench.processOf(left);

    Operation operation = replica.operations.cancel(left.id());

    assertThat(operation.state()).isEqualTo("CANCELLED");
    assertThat(process.isAlive()).isFalse();
    ScriptedRun.behave(folder, "succeed");
    bench.startReplica();
    bench.awaitState(request(), State.SUCCEEDED);
    assertThat(bench.table.find(left.id()).orElseThrow().attempt()).isEqualTo(1);
  }

  @Test
  void aProcessThatGotTheNumberOfARunIsLeftAlone() throws Exception {
    BatchRun left = bench.runLeftByACrash(BatchBench.HOST, HOURLY);
    RunProcess stored = Objects.requireNonNull(left.process());
    ProcessHandle process = BatchBench.processOf(left);
    bench.steps.noteProcess(
        left, new RunProcess(stored.host(), stored.pid(), stored.startedMillis() - 60_000));
    try {
      Operation operation = replica.operations.cancel(left.id());

      assertThat(operation.state()).isEqualTo("CANCELLED");
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatHasEndedOrNeverWasCannotBeCancelled() throws Exception {
    ScriptedRun.behave(folder, "succeed");
    bench.startReplica();
    BatchRun done = bench.awaitState(request(), State.SUCCEEDED);

    assertThatThrownBy(() -> replica.operations.cancel(done.id()))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessage("Cannot cancel operation %s: it has ended, succeeded", done.id());
    assertThatThrownBy(() -> replica.operations.cancel("none"))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessage("Cannot cancel operation none: there is none");
  }

  private String request() {
    long asOf = Instant.now().toEpochMilli() - 5_000;
    return bench.table.request(BatchBench.SOURCE, "hourly", Cause.MANUAL, asOf, Instant.now());
  }

  /** A run whose program has begun, supervised by a replica on {@link BatchBench#HOST}. */
  private BatchRun startedRun() {
    String id = request();
    bench.startReplica();
    BatchRun running = bench.awaitProcess(id);
    bench.awaitJournal(1);
    return running;
  }
}
