package io.freshet.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.Plans;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** When sources are checked, and what becomes of a check. */
class ConsistencyRunsTest {
  private static final ViewPlan KEPT = Plans.view("departures", 1, Tier.HOURLY);
  private static final ViewPlan GONE = Plans.view("departures", 2, Tier.HOURLY);

  private BatchBench bench;

  @BeforeEach
  void open(@TempDir Path folder) {
    bench = new BatchBench(folder);
    bench.register(KEPT);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aSourceIsCheckedOnceInEachPeriodUnlessAnotherCheckWaits() {
    askAt("2026-03-01T12:30:00Z");
    askAt("2026-03-01T13:00:00Z");
    BatchRun first = onlyOnePending();
    bench.steps.end(first, State.CANCELLED, "by the test", Instant.now());

    askAt("2026-03-01T12:59:59Z");
    assertThat(bench.table.inState(BatchBench.SOURCE, State.PENDING)).isEmpty();

    askAt("2026-03-01T13:00:00Z");
    assertThat(onlyOnePending().cause()).isEqualTo(Cause.CONSISTENCY);
  }

  @Test
  void aCheckStartsWithTheViewsThatAreStillServed() throws Exception {
    ScriptedRun.behave(bench.folder, "succeed");
    BatchRun run = runs(Clock.systemUTC()).request(source(), List.of(KEPT, GONE), 5);
    BatchRun idle = runs(Clock.systemUTC()).request(source(), List.of(GONE), 5);

    bench.replica(BatchBench.HOST).runs.doDue(BatchBench.SOURCE);

    BatchRun done = bench.table.find(run.id()).orElseThrow();
    assertThat(done.state()).isEqualTo(State.SUCCEEDED);
    assertThat(done.result()).isInstanceOf(RunResult.Consistency.class);
    assertThat(ScriptedRun.journal(bench.folder))
        .containsExactly(
            "begin check of [%s], one key in 5".formatted(KEPT.view().name()),
            "end check of [%s], one key in 5".formatted(KEPT.view().name()));
    assertThat(bench.table.find(idle.id()).orElseThrow().state()).isEqualTo(State.SKIPPED);
    assertThat(runs(Clock.systemUTC()).newest(10))
        .singleElement()
        .satisfies(checked -> assertThat(checked.run()).isEqualTo(run.id()));
    assertThat(runs(Clock.systemUTC()).newestRun()).isEqualTo(run.id());
  }

  private BatchRun onlyOnePending() {
    List<BatchRun> pending = bench.table.inState(BatchBench.SOURCE, State.PENDING);
    assertThat(pending).hasSize(1);
    return pending.get(0);
  }

  private void askAt(String now) {
    runs(Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
        .requestDue(source(), Duration.ofHours(1), 100);
  }

  private ConsistencyRuns runs(Clock clock) {
    return new ConsistencyRuns(
        JdbcClient.create(bench.database),
        new TransactionTemplate(new DataSourceTransactionManager(bench.database)),
        bench.table,
        clock);
  }

  private SourceViews source() {
    return bench.liveViews().bySource().get(0);
  }
}
