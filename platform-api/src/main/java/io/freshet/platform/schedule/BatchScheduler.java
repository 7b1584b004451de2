package io.freshet.platform.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.freshet.platform.schedule.BatchRun.SourceName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Plans runs and does them, of each source by one execution at a time across all replicas: that is
 * what the executions in the database are for. An execution whose replica died is taken over when
 * its heartbeats are missed.
 */
final class BatchScheduler implements SmartLifecycle {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  /** For the planner, and for executions that find no permit and give way. */
  private static final int SPARE_THREADS = 2;

  private final DataSource database;
  private final RunPlanner planner;
  private final SourceRuns sourceRuns;
  private final RunAttempts attempts;
  private final BatchSettings settings;
  private final Clock clock;
  private final Semaphore permits;
  private @Nullable Scheduler scheduler;

  BatchScheduler(
      DataSource database,
      RunPlanner planner,
      SourceRuns sourceRuns,
      RunAttempts attempts,
      BatchSettings settings,
      Clock clock) {
    this.database = database;
    this.planner = planner;
    this.sourceRuns = sourceRuns;
    this.attempts = attempts;
    this.settings = settings;
    this.clock = clock;
    this.permits = new Semaphore(settings.concurrentRuns());
  }

  @Override
  public synchronized void start() {
    CustomTask<Void> runs =
        Tasks.custom("batch-runs", Void.class)
            .onDeadExecutionRevive()
            .execute((execution, context) -> doRuns(SourceName.parse(execution.getId())));
    RecurringTask<Void> plan =
        Tasks.recurring("batch-plan", FixedDelay.of(settings.planInterval()))
            .execute((execution, context) -> plan(runs, context.getSchedulerClient()));
    Scheduler created =
        Scheduler.create(database, runs)
            .startTasks(plan)
            .threads(settings.concurrentRuns() + SPARE_THREADS)
            .pollingInterval(POLL)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(STOP_PATIENCE)
            .build();
    created.start();
    scheduler = created;
  }

  private void plan(CustomTask<Void> runs, SchedulerClient client) {
    planner
        .plan()
        .forEach(
            source ->
                client.scheduleIfNotExists(runs.instance(source.toString()), clock.instant()));
  }

  private CompletionHandler<Void> doRuns(SourceName source) {
    if (!permits.tryAcquire()) {
      return again(clock.instant().plus(BUSY_PAUSE));
    }
    try {
      return sourceRuns
          .doDue(source)
          .<CompletionHandler<Void>>map(BatchScheduler::again)
          .orElseGet(OnCompleteRemove::new);
    } finally {
      permits.release();
    }
  }

  private static CompletionHandler<Void> again(Instant next) {
    return (ExecutionComplete done, ExecutionOperations<Void> operations) ->
        operations.reschedule(done, next);
  }

  @Override
  public synchronized void stop() {
    if (scheduler != null) {
      attempts.stop();
      scheduler.stop();
      scheduler = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return scheduler != null;
  }
}
