package io.freshet.platform.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.RunProgress;
import io.freshet.platform.schedule.BatchRun.RunProcess;
import io.freshet.platform.schedule.BatchRun.State;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes stored runs from state to state. A step is made only if the run still is in the state, and
 * at the attempt, that the caller has read; so of several who want to make one, one does. {@code
 * running_key} is the database's word that a source has one run at a time.
 */
@Component
class RunSteps {
  private static final String IF_AS_READ =
      " where id = :id and state = :before and attempt = :attempt";

  private final JdbcClient database;
  private final BatchViewTable views;

  RunSteps(JdbcClient database, BatchViewTable views) {
    this.database = database;
    this.views = views;
  }

  /**
   * Stores that an attempt begins, and for which views, before its process is started.
   *
   * @throws org.springframework.dao.DuplicateKeyException if another run of the source is running
   */
  @Transactional
  public boolean begin(BatchRun run, RunPlan plan, Instant now) {
    if (plan instanceof RunPlan.Materialize materialize) {
      long asOf = materialize.plan().asOfMillis();
      boolean begun = begin(run, plan, materialize.plan().sequence(), asOf, now);
      if (begun) {
        materialize.plan().views().forEach(view -> views.noteStart(view, asOf));
      }
      return begun;
    }
    return begin(run, plan, 0, null, now);
  }

  private boolean begin(
      BatchRun run, RunPlan plan, int sequence, @Nullable Long asOfMillis, Instant now) {
    return step(
                "update batch_run set state = 'RUNNING', attempt = attempt + 1, sequence = :sequence,"
                    + " as_of = :asOf, started_at = :now, plan_json = :plan, host = null, pid = null,"
                    + " pid_started = null, progress_json = null, renewed_at = current_timestamp,"
                    + " running_key = :running",
                run)
            .param("sequence", sequence)
            .param("asOf", asOfMillis)
            .param("plan", new String(plan.json(), UTF_8))
            .param("running", run.source().toString())
            .param("now", at(now))
            .update()
        == 1;
  }

  boolean noteProcess(BatchRun run, RunProcess process) {
    return step(
                "update batch_run set host = :host, pid = :pid, pid_started = :started,"
                    + " renewed_at = current_timestamp",
                run)
            .param("host", process.host())
            .param("pid", process.pid())
            .param("started", process.startedMillis())
            .update()
        == 1;
  }

  /** Stores that the run goes on, and how far it is. */
  boolean renew(BatchRun run, @Nullable RunProgress progress) {
    return step(
                "update batch_run set renewed_at = current_timestamp, progress_json = :progress",
                run)
            .param("progress", progress == null ? null : PlanCodec.encodeToString(progress))
            .update()
        == 1;
  }

  boolean isCancelWanted(BatchRun run) {
    return database
            .sql("select count(*) from batch_run where id = :id and cancel_wanted_at is not null")
            .param("id", run.id())
            .query(Long.class)
            .single()
        > 0;
  }

  /** How long ago it was last stored that the run goes on, by the database's clock. */
  Duration sinceRenewed(BatchRun run) {
    return database
        .sql("select renewed_at, current_timestamp from batch_run where id = :id")
        .param("id", run.id())
        .query(
            (row, index) ->
                between(
                    row.getObject(1, OffsetDateTime.class), row.getObject(2, OffsetDateTime.class)))
        .single();
  }

  /** What no lease was ever stored for has none. */
  private static Duration between(@Nullable OffsetDateTime renewed, OffsetDateTime now) {
    return renewed == null ? Duration.ofDays(1) : Duration.between(renewed, now);
  }

  @Transactional
  public boolean succeed(BatchRun run, RunResult result, Instant now) {
    boolean first =
        step(
                    "update batch_run set state = 'SUCCEEDED', finished_at = :now,"
                        + " result_json = :result, problem = null, running_key = null",
                    run)
                .param("result", PlanCodec.encodeToString(result.details()))
                .param("now", at(now))
                .update()
            == 1;
    if (first && run.plan() instanceof RunPlan.Materialize materialize) {
      materialize.plan().views().forEach(views::noteDone);
    }
    return first;
  }

  /** Lets the run wait for another attempt, unless somebody wants it to be cancelled. */
  boolean tryAgain(BatchRun run, Instant notBefore, String problem) {
    return database
            .sql(
                "update batch_run set state = 'PENDING', not_before = :notBefore,"
                    + " problem = :problem, running_key = null"
                    + IF_AS_READ
                    + " and cancel_wanted_at is null")
            .param("id", run.id())
            .param("before", run.state().name())
            .param("attempt", run.attempt())
            .param("notBefore", at(notBefore))
            .param("problem", problem)
            .update()
        == 1;
  }

  boolean end(BatchRun run, State state, String problem, Instant now) {
    return step(
                "update batch_run set state = :state, finished_at = :now, problem = :problem,"
                    + " running_key = null",
                run)
            .param("state", state.name())
            .param("problem", problem)
            .param("now", at(now))
            .update()
        == 1;
  }

  /**
   * Cancels a run that has not begun.
   *
   * @param unstarted whose views count as started, so that none but their next tick asks for them
   */
  @Transactional
  public boolean drop(BatchRun run, Optional<RunPlan> unstarted, Instant now) {
    boolean first = end(run, State.CANCELLED, "It was cancelled before it began", now);
    if (first && unstarted.orElse(null) instanceof RunPlan.Materialize materialize) {
      long asOf = materialize.plan().asOfMillis();
      materialize.plan().views().forEach(view -> views.noteStart(view, asOf));
    }
    return first;
  }

  /** Asks whoever supervises the run to end it; keeps the first time of several. */
  boolean wantCancel(BatchRun run, Instant now) {
    return step("update batch_run set cancel_wanted_at = coalesce(cancel_wanted_at, :now)", run)
            .param("now", at(now))
            .update()
        == 1;
  }

  private JdbcClient.StatementSpec step(String update, BatchRun run) {
    return database
        .sql(update + IF_AS_READ)
        .param("id", run.id())
        .param("before", run.state().name())
        .param("attempt", run.attempt());
  }

  private static Object at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
