package io.freshet.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.Plans;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchSchedulerTest {
  private static final ViewPlan HOURLY = Plans.view("departures", 1, Tier.HOURLY);
  private static final ViewPlan DAILY = Plans.view("departures", 2, Tier.DAILY);

  private Path folder;
  private BatchBench bench;

  @BeforeEach
  void open(@TempDir Path temporary) {
    folder = temporary;
    bench = new BatchBench(temporary);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void writesTheRowsOfViewsAgainOnCommand() throws Exception {
    ScriptedRun.behave(folder, "succeed");
    bench.register(HOURLY, DAILY);
    bench.startReplica();
    bench.awaitState(bench.onlyRun().id(), State.SUCCEEDED);
    SourceViews source = bench.liveViews().bySource().get(0);
    RebuildRuns rebuilds = new RebuildRuns(bench.table, Clock.systemUTC());

    String all = rebuilds.request(source).orElseThrow().run();
    String hourly = rebuilds.request(source, Tier.HOURLY).orElseThrow().run();

    BatchRun run = bench.awaitState(all, State.SUCCEEDED);
    assertThat(run.cause()).isEqualTo(Cause.REBUILD);
    assertThat(BatchBench.planOf(run).views()).containsExactly(HOURLY, DAILY);
    assertThat(BatchBench.planOf(bench.awaitState(hourly, State.SUCCEEDED)).views())
        .containsExactly(HOURLY);
    assertThat(rebuilds.request(source, Tier.STREAMING)).isEmpty();
  }

  @Test
  void materializesNewViewsAtOnceInOneRun() throws Exception {
    ScriptedRun.behave(folder, "succeed");
    bench.register(HOURLY, DAILY, Plans.view("departures", 3, Tier.STREAMING));
    Instant before = Instant.now();

    bench.startReplica();
    BatchRun run = bench.awaitState(bench.onlyRun().id(), State.SUCCEEDED);

    BatchRunPlan plan = BatchBench.planOf(run);
    assertThat(run.cause()).isEqualTo(Cause.NEW_VIEWS);
    assertThat(plan.views()).containsExactly(HOURLY, DAILY);
    assertThat(plan.sequence()).isEqualTo(1);
    assertThat(plan.deadLetters()).isEqualTo(DeadLetters.SENT_BY_RUN);
    assertThat(Instant.ofEpochMilli(plan.asOfMillis()))
        .isBetween(before.minusSeconds(6), Instant.now().minusSeconds(5));
    assertThat(BatchBench.applied(run)).isEqualTo(4);
    assertThat(bench.meters.get("freshet.batch.runs").tag("outcome", "succeeded").counter().count())
        .isEqualTo(1);
  }

  @Test
  void triesAFailedRunAgainWithAHigherSequence() throws Exception {
    ScriptedRun.behave(folder, "fail once");
    bench.register(HOURLY);

    bench.startReplica();
    BatchRun run = bench.awaitState(bench.onlyRun().id(), State.SUCCEEDED);

    assertThat(run.attempt()).isEqualTo(2);
    assertThat(run.sequence()).isEqualTo(2);
    assertThat(ScriptedRun.journal(folder)).containsExactly("begin 1", "begin 2", "end 2");
  }

  @Test
  void failsForGoodWithTheEndOfItsLog() throws Exception {
    ScriptedRun.behave(folder, "fail");
    bench.register(HOURLY);

    bench.startReplica();
    BatchRun run = bench.awaitState(bench.onlyRun().id(), State.FAILED);

    assertThat(run.attempt()).isEqualTo(3);
    assertThat(run.problem()).contains("status 3").contains("the scripted reason");
  }

  @Test
  void startsARunAgainWhoseProcessWasKilled() throws Exception {
    ScriptedRun.behave(folder, "hang");
    bench.register(HOURLY);
    bench.startReplica();
    BatchRun hanging = bench.awaitProcess(bench.onlyRun().id());
    bench.awaitJournal(1);

    ScriptedRun.behave(folder, "succeed");
    boolean killed = BatchBench.processOf(hanging).destroyForcibly();
    BatchRun run = bench.awaitState(hanging.id(), State.SUCCEEDED);

    assertThat(killed).isTrue();
    assertThat(run.attempt()).isEqualTo(2);
  }

  @Test
  void endsTheProcessThatACrashHasLeftBeforeItStartsAnother() throws Exception {
    bench.register(HOURLY);
    BatchRun crashed = bench.runLeftByACrash(BatchBench.HOST, HOURLY);
    ProcessHandle left = BatchBench.processOf(crashed);
    ScriptedRun.behave(folder, "succeed");

    bench.startReplica();
    BatchRun run = bench.awaitState(crashed.id(), State.SUCCEEDED);

    assertThat(left.isAlive()).isFalse();
    assertThat(run.attempt()).isEqualTo(2);
    assertThat(ScriptedRun.journal(folder)).containsExactly("begin 1", "begin 2", "end 2");
  }

  @Test
  void endsTheProcessWhenItStopsAndGoesOnLater() throws Exception {
    ScriptedRun.behave(folder, "hang");
    bench.register(HOURLY);
    BatchScheduler replica = bench.startReplica();
    BatchRun hanging = bench.awaitProcess(bench.onlyRun().id());
    bench.awaitJournal(1);
    ProcessHandle process = BatchBench.processOf(hanging);

    replica.stop();

    assertThat(process.isAlive()).isFalse();
    assertThat(bench.table.find(hanging.id()).orElseThrow().state()).isEqualTo(State.PENDING);
    ScriptedRun.behave(folder, "succeed");
    bench.startReplica();
    bench.awaitState(hanging.id(), State.SUCCEEDED);
  }

  @Test
  void neverRunsTwoOfASourceAtOnceOnTwoReplicas() throws Exception {
    ScriptedRun.behave(folder, "succeed");
    bench.register(HOURLY, DAILY);
    long asOf = Instant.now().toEpochMilli() - 5_000;
    for (int i = 0; i < 4; i++) {
      Tier tier = i % 2 == 0 ? Tier.HOURLY : Tier.DAILY;
      bench.table.request(BatchBench.SOURCE, tier.wireName(), Cause.MANUAL, asOf, Instant.now());
    }

    bench.startReplica();
    bench.startReplica();

    await()
        .atMost(BatchBench.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(bench.table.inState(BatchBench.SOURCE, State.SUCCEEDED))
                    .hasSizeGreaterThanOrEqualTo(4));
    List<String> journal = ScriptedRun.journal(folder);
    for (int i = 0; i < journal.size() - 1; i += 2) {
      assertThat(journal.get(i)).startsWith("begin");
      assertThat(journal.get(i + 1)).isEqualTo(journal.get(i).replace("begin", "end"));
    }
    assertThat(journal).contains("begin 1", "begin 2", "begin 3", "begin 4");
  }
}
