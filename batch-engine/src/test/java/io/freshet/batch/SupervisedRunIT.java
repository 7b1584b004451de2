package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.batch.Flights.Flight;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.RunProgress;
import io.freshet.plan.ViewPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged job under a control plane that says on its input how long it may go on. */
@ExtendWith(BatchServers.Extension.class)
class SupervisedRunIT {
  private static final long SEED = 20260311;
  private static final String MASTER = "local[2]";
  private static final long LONG_MILLIS = 180_000;
  private static final Instant NOW = Instant.parse("2026-03-10T14:25:17.250Z");

  private final BatchServers servers;
  private final Path folder;

  SupervisedRunIT(BatchServers servers, @TempDir Path folder) {
    this.servers = servers;
    this.folder = folder;
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    Scenario flights = new Scenario(servers, folder, "told").createTopic();
    ViewPlan view = Flights.routeDelays(92, "told");
    List<Flight> events = Flights.random(SEED, 100, NOW.minus(Duration.ofHours(5)), NOW);
    flights.send(events);

    try (SubmittedJob run =
        SubmittedJob.startSupervised(flights.plan("told", NOW, 1, view), MASTER)) {
      run.mayGoOnFor(LONG_MILLIS);

      assertThat(run.exitCode()).as(run.output()).isZero();
      RunProgress progress = run.progress().orElseThrow();
      assertThat(progress.runId()).isEqualTo("told");
      assertThat(progress.stage()).isEqualTo("log");
      assertThat(progress.view()).isEqualTo("view_92");
      assertThat(progress.tasksDone()).isPositive().isEqualTo(progress.tasksKnown());
      assertThat(progress.rowsServed()).isEqualTo(Oracle.rows(view, events, NOW).size());
      assertThat(progress.rowsRead()).isPositive();
      assertThat(progress.rowsWritten()).isGreaterThanOrEqualTo(events.size());
    }
  }

  @Test
  void endsWhenItsSupervisorDiesAndCanBeRunAgain() throws Exception {
    Scenario flights = new Scenario(servers, folder, "alone").createTopic();
    ViewPlan view = Flights.routeDelays(93, "alone");
    List<Flight> events = Flights.random(SEED, 100, NOW.minus(Duration.ofHours(5)), NOW);
    flights.send(events);
    BatchRunPlan plan = flights.plan("alone", NOW, 1, view);
    try (SubmittedJob run = SubmittedJob.startSupervised(plan, MASTER)) {
      int status =
          PausedWrites.during(
              servers.redis().uri(),
              () -> {
                run.mayGoOnFor(LONG_MILLIS);
                await().atMost(Duration.ofMinutes(2)).until(() -> run.isAt("serve"));
                run.loseSupervisor();
                return run.exitCode();
              });

      assertThat(status).isEqualTo(75);
      assertThat(run.output()).contains("The run ends itself: the control plane that supervised");
      assertThat(Path.of(plan.resultFile())).doesNotExist();
    }

    flights.run(flights.plan("alone", NOW, 2, view));

    ServedRows.assertEqual(flights, view, Oracle.rows(view, events, NOW));
  }

  @Test
  void doesNothingUntilItIsTold() throws Exception {
    Scenario flights = new Scenario(servers, folder, "untold").createTopic();
    BatchRunPlan plan = flights.plan("untold", NOW, 1, Flights.routeDelays(96, "untold"));

    try (SubmittedJob run = SubmittedJob.startSupervised(plan, MASTER)) {
      run.loseSupervisor();

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.output()).contains("The batch run failed: Cannot begin the run: the control");
    }
    assertThat(Path.of(flights.warehouse().archive())).doesNotExist();
  }
}
