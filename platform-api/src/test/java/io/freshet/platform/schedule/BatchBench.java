package io.freshet.platform.schedule;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.events.KafkaSettings;
import io.freshet.platform.lookup.OnlineStoreSettings;
import io.freshet.platform.reconcile.JobKey;
import io.freshet.platform.reconcile.Plans;
import io.freshet.platform.reconcile.StreamingJob;
import io.freshet.platform.reconcile.StreamingJobs;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import io.freshet.platform.warehouse.WarehouseSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** A control plane's batch part on a real database, with scripted programs as runs. */
final class BatchBench implements AutoCloseable {
  static final SourceName SOURCE = new SourceName(Plans.PROJECT, "departures");
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final Path folder;
  final DataSource database;
  final BatchViewTable started;
  final BatchRunTable table;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<ViewPlan> views = new ArrayList<>();
  private final List<BatchScheduler> replicas = new ArrayList<>();

  BatchBench(Path folder) {
    this.folder = folder;
    this.database =
        JdbcConnectionPool.create(
            "jdbc:h2:mem:"
                + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1",
            "sa",
            "");
    Flyway.configure().dataSource(database).load().migrate();
    JdbcClient client = JdbcClient.create(database);
    this.started = new BatchViewTable(client);
    this.table = new BatchRunTable(client, started);
  }

  LiveViews liveViews() {
    return () -> List.of(new SourceViews(Plans.source(SOURCE.source()), List.copyOf(views)));
  }

  void register(ViewPlan... added) {
    views.addAll(List.of(added));
  }

  RunPlanner planner(Clock clock) {
    return new RunPlanner(liveViews(), table, started, clock);
  }

  /** Starts a control plane; several share the database as replicas do. */
  BatchScheduler startReplica() {
    BatchSettings settings = settings();
    Clock clock = Clock.systemUTC();
    ChildProcesses children = new ChildProcesses();
    RunAttempts attempts =
        new RunAttempts(ScriptedRun.command(folder), children, settings.timeout());
    RunPlans plans =
        new RunPlans(
            liveViews(),
            table,
            started,
            (project, source) -> List.of(),
            new NoStreamingJobs(),
            new KafkaSettings("127.0.0.1:1", 1, Duration.ofSeconds(1), 1),
            new OnlineStoreSettings("redis://127.0.0.1:1"),
            new WarehouseSettings(folder.resolve("warehouse").toString()),
            clock);
    SourceRuns runs =
        new SourceRuns(table, plans, attempts, children, new BatchMetrics(meters), settings, clock);
    BatchScheduler replica =
        new BatchScheduler(database, planner(clock), runs, attempts, settings, clock);
    replica.start();
    replicas.add(replica);
    return replica;
  }

  private BatchSettings settings() {
    Path unused = Path.of("unused");
    return new BatchSettings(
        unused,
        unused,
        unused,
        "local[2]",
        folder.resolve("runs"),
        DataSize.ofMegabytes(64),
        Duration.ofMinutes(1),
        3,
        Duration.ofMillis(200),
        2,
        20,
        Duration.ofMillis(200),
        List.of());
  }

  BatchRun onlyRun() {
    return await()
        .atMost(PATIENCE)
        .until(() -> table.newest(SOURCE, 10), runs -> runs.size() == 1)
        .get(0);
  }

  BatchRun awaitState(String id, State state) {
    return await()
        .atMost(PATIENCE)
        .until(() -> table.find(id).orElseThrow(), run -> run.state() == state);
  }

  BatchRun awaitProcess(String id) {
    return await()
        .atMost(PATIENCE)
        .until(() -> table.find(id).orElseThrow(), run -> run.process() != null);
  }

  /** Awaits a begun program of the journal, so that its process does what it was told. */
  void awaitJournal(int lines) {
    await().atMost(PATIENCE).until(() -> ScriptedRun.journal(folder).size() >= lines);
  }

  @Override
  public void close() {
    replicas.forEach(BatchScheduler::stop);
  }

  static BatchRunPlan planOf(BatchRun run) {
    return ((RunPlan.Materialize) requireNonNull(run.plan())).plan();
  }

  static long applied(BatchRun run) {
    BatchRunResult result = ((RunResult.Materialized) requireNonNull(run.result())).details();
    return result.views().stream().mapToLong(BatchRunResult.ViewResult::applied).sum();
  }

  private static final class NoStreamingJobs implements StreamingJobs {
    @Override
    public List<StreamingJob> all() {
      return List.of();
    }

    @Override
    public Optional<StreamingJob> find(JobKey key) {
      return Optional.empty();
    }
  }
}
