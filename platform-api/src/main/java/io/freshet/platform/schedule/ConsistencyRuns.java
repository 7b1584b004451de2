package io.freshet.platform.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.ConsistencyResult;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.SourceViews;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The batch runs that check views: like all runs of a source, one at a time. */
@Component
public class ConsistencyRuns {
  /** Of a plan whose run has no name, addresses and files yet. */
  private static final String UNSETTLED = "";

  private final JdbcClient database;
  private final TransactionTemplate transaction;
  private final BatchRunTable table;
  private final Clock clock;

  ConsistencyRuns(
      JdbcClient database, TransactionTemplate transaction, BatchRunTable table, Clock clock) {
    this.database = database;
    this.transaction = transaction;
    this.table = table;
    this.clock = clock;
  }

  /**
   * A check that is done.
   *
   * @param project of its views
   */
  public record Checked(String run, String project, Instant finishedAt, ConsistencyResult result) {}

  /**
   * Stores that a check is wanted; it starts within seconds, or after the runs of the source that
   * wait already.
   *
   * @param views of the source; those that are still served when it starts are checked
   * @param sampleOneIn one key in so many
   */
  public BatchRun request(SourceViews source, List<ViewPlan> views, int sampleOneIn) {
    SourceName name = RunPlans.nameOf(source);
    String id =
        requireNonNull(
            transaction.execute(
                status -> {
                  String run =
                      table.request(
                          name, BatchRun.CONSISTENCY_TIER, Cause.CONSISTENCY, null, now());
                  return settle(run, source, views, sampleOneIn);
                }));
    return table.find(id).orElseThrow();
  }

  /**
   * Asks for a check of all views of a source, once in each period since the epoch, whichever
   * replica comes first; not while another check of the source waits.
   */
  public void requestDue(SourceViews source, Duration every, int sampleOneIn) {
    SourceName name = RunPlans.nameOf(source);
    long due = Math.floorDiv(clock.millis(), every.toMillis()) * every.toMillis();
    if (isWaiting(name) || table.hasTick(name, BatchRun.CONSISTENCY_TIER, due)) {
      return;
    }
    try {
      transaction.executeWithoutResult(
          status -> {
            String run =
                table.requestDue(name, BatchRun.CONSISTENCY_TIER, Cause.CONSISTENCY, due, now());
            settle(run, source, source.views(), sampleOneIn);
          });
    } catch (DuplicateKeyException alreadyThere) {
      // Another replica has asked.
    }
  }

  /** The newest checks that are done, the newest first. */
  public List<Checked> newest(int limit) {
    return database
        .sql(
            "select id, project, finished_at, result_json from batch_run where cause ="
                + " 'CONSISTENCY' and state = 'SUCCEEDED' order by finished_at desc, id limit"
                + " :limit")
        .param("limit", limit)
        .query(
            (row, index) ->
                new Checked(
                    row.getString("id"),
                    row.getString("project"),
                    row.getObject("finished_at", OffsetDateTime.class).toInstant(),
                    PlanCodec.decode(
                        row.getString("result_json").getBytes(UTF_8), ConsistencyResult.class)))
        .list();
  }

  /** The name of the newest check that is done; empty if there is none. */
  public String newestRun() {
    return database
        .sql(
            "select id from batch_run where cause = 'CONSISTENCY' and state = 'SUCCEEDED' order by"
                + " finished_at desc, id limit 1")
        .query(String.class)
        .optional()
        .orElse("");
  }

  private boolean isWaiting(SourceName source) {
    return table.inState(source, State.PENDING).stream()
        .anyMatch(run -> run.cause() == Cause.CONSISTENCY);
  }

  private String settle(String run, SourceViews source, List<ViewPlan> views, int sampleOneIn) {
    ConsistencyPlan plan =
        new ConsistencyPlan(
            run,
            source.source(),
            views,
            sampleOneIn,
            0,
            UNSETTLED,
            UNSETTLED,
            UNSETTLED,
            DeadLetters.SENT_BY_STREAM,
            UNSETTLED);
    database
        .sql("update batch_run set plan_json = :plan where id = :id")
        .param("plan", new String(new RunPlan.Consistency(plan).json(), UTF_8))
        .param("id", run)
        .update();
    return run;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
