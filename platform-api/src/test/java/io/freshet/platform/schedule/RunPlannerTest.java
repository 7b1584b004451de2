package io.freshet.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.BatchRunPlan.Rows;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.Plans;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlannerTest {
  private static final ViewPlan HOURLY = Plans.view("departures", 1, Tier.HOURLY);

  private BatchBench bench;

  @BeforeEach
  void open(@TempDir Path folder) {
    bench = new BatchBench(folder);
    bench.register(HOURLY, Plans.view("departures", 2, Tier.DAILY));
  }

  @Test
  void asksForNewViewsOnceHoweverOftenItLooks() {
    planAt("2026-03-01T12:30:00Z");
    planAt("2026-03-01T12:30:02Z");

    assertThat(bench.table.newest(BatchBench.SOURCE, 10))
        .singleElement()
        .satisfies(run -> assertThat(run.cause()).isEqualTo(Cause.NEW_VIEWS));
  }

  @Test
  void asksForARebuildOnceWhileItWaits() {
    RebuildRuns rebuilds = new RebuildRuns(bench.table, Clock.systemUTC());
    SourceViews source = bench.liveViews().bySource().get(0);

    assertThat(rebuilds.request(source)).isEqualTo(rebuilds.request(source)).isPresent();

    assertThat(bench.table.newest(BatchBench.SOURCE, 10)).hasSize(1);
  }

  @Test
  void asksForATickFiveSecondsAfterItsBoundary() {
    materialized(1, "2026-03-01T12:30:00Z");
    materialized(2, "2026-03-01T12:30:00Z");

    planAt("2026-03-01T13:00:04.999Z");
    assertThat(pending()).isEmpty();

    planAt("2026-03-01T13:00:05Z");
    planAt("2026-03-01T13:00:07Z");
    assertThat(pending())
        .singleElement()
        .satisfies(
            run -> {
              assertThat(run.cause()).isEqualTo(Cause.TICK);
              assertThat(run.tier()).isEqualTo("hourly");
              assertThat(run.asOfMillis())
                  .isEqualTo(Instant.parse("2026-03-01T13:00:00Z").toEpochMilli());
            });
  }

  @Test
  void asksForTheNewestOfTheTicksThatWereMissed() {
    materialized(1, "2026-03-01T12:00:00Z");
    materialized(2, "2026-03-01T00:00:00Z");

    planAt("2026-03-03T17:20:00Z");

    assertThat(pending())
        .extracting(BatchRun::tier, BatchRun::asOfMillis)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(
                "hourly", Instant.parse("2026-03-03T17:00:00Z").toEpochMilli()),
            org.assertj.core.groups.Tuple.tuple(
                "daily", Instant.parse("2026-03-03T00:00:00Z").toEpochMilli()));
  }

  @Test
  void asksForNothingWhereNoViewNeedsIt() {
    materialized(1, "2026-03-01T13:10:00Z");
    materialized(2, "2026-03-01T13:10:00Z");

    planAt("2026-03-01T13:20:00Z");

    assertThat(pending()).isEmpty();
  }

  private void planAt(String now) {
    bench.planner(Clock.fixed(Instant.parse(now), ZoneOffset.UTC)).plan();
  }

  private List<BatchRun> pending() {
    return bench.table.inState(BatchBench.SOURCE, State.PENDING);
  }

  private void materialized(int view, String asOf) {
    long asOfMillis = Instant.parse(asOf).toEpochMilli();
    String id =
        bench.table.request(
            BatchBench.SOURCE, "hourly", Cause.MANUAL, asOfMillis, Instant.parse(asOf));
    BatchRun run = bench.table.find(id).orElseThrow();
    BatchRunPlan plan =
        new BatchRunPlan(
            id,
            Plans.source("departures"),
            List.of(Plans.view("departures", view, Tier.HOURLY)),
            asOfMillis,
            1,
            "127.0.0.1:1",
            "redis://127.0.0.1:1",
            "unused",
            Rows.CHANGED,
            DeadLetters.SENT_BY_RUN,
            "unused");
    bench.steps.begin(run, new RunPlan.Materialize(plan), Instant.parse(asOf));
    bench.steps.end(
        bench.table.find(id).orElseThrow(), State.FAILED, "does not matter", Instant.parse(asOf));
  }
}
