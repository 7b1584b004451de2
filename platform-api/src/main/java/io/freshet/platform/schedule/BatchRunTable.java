package io.freshet.platform.schedule;

import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.PlanCodec;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.RunProcess;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The stored batch runs. */
@Component
class BatchRunTable {
  private final JdbcClient database;

  BatchRunTable(JdbcClient database) {
    this.database = database;
  }

  Optional<BatchRun> find(String id) {
    return database
        .sql("select * from batch_run where id = :id")
        .param("id", id)
        .query(BatchRunRows::read)
        .optional();
  }

  /** The newest runs of a source, the newest first. */
  List<BatchRun> newest(SourceName source, int limit) {
    return of(
            "select * from batch_run where project = :project and source = :source"
                + " order by requested_at desc, id limit :limit",
            source)
        .param("limit", limit)
        .query(BatchRunRows::read)
        .list();
  }

  /** The runs of a source in a state, in the order in which they were asked for. */
  List<BatchRun> inState(SourceName source, State state) {
    return of(
            "select * from batch_run where project = :project and source = :source"
                + " and state = :state order by requested_at, id",
            source)
        .param("state", state.name())
        .query(BatchRunRows::read)
        .list();
  }

  /** The sources that have something to be started or to be cleared up. */
  List<SourceName> sourcesWithWork(Instant now) {
    return database
        .sql(
            "select distinct project, source from batch_run where state = 'RUNNING'"
                + " or (state = 'PENDING' and not_before <= :now)")
        .param("now", at(now))
        .query((row, index) -> new SourceName(row.getString(1), row.getString(2)))
        .list();
  }

  String request(
      SourceName source, String tier, Cause cause, @Nullable Long asOfMillis, Instant now) {
    return insert(source, tier, cause, asOfMillis, null, now);
  }

  /** Asks for the run of a tick, unless that was done before. */
  boolean requestTick(SourceName source, String tier, long tickMillis, Instant now) {
    String key = source + "/" + tier + "/" + tickMillis;
    try {
      insert(source, tier, Cause.TICK, tickMillis, key, now);
      return true;
    } catch (DuplicateKeyException alreadyThere) {
      return false;
    }
  }

  boolean hasTick(SourceName source, String tier, long tickMillis) {
    return database
            .sql("select count(*) from batch_run where tick_key = :key")
            .param("key", source + "/" + tier + "/" + tickMillis)
            .query(Long.class)
            .single()
        > 0;
  }

  private String insert(
      SourceName source,
      String tier,
      Cause cause,
      @Nullable Long asOfMillis,
      @Nullable String tickKey,
      Instant now) {
    String id = UUID.randomUUID().toString();
    of(
            "insert into batch_run (id, project, source, tier, cause, state, as_of, attempt,"
                + " sequence, not_before, requested_at, tick_key) values (:id, :project, :source,"
                + " :tier, :cause, 'PENDING', :asOf, 0, 0, :now, :now, :tickKey)",
            source)
        .param("id", id)
        .param("tier", tier)
        .param("cause", cause.name())
        .param("asOf", asOfMillis)
        .param("now", at(now))
        .param("tickKey", tickKey)
        .update();
    return id;
  }

  /** A number above the sequences of all runs of the source as of the time. */
  int nextSequence(SourceName source, long asOfMillis) {
    return of(
            "select coalesce(max(sequence), 0) + 1 from batch_run where project = :project"
                + " and source = :source and as_of = :asOf",
            source)
        .param("asOf", asOfMillis)
        .query(Integer.class)
        .single();
  }

  /** Stores that an attempt begins, and for which views, before its process is started. */
  @Transactional
  public void begin(BatchRun run, BatchRunPlan plan, Instant now) {
    update(
            "update batch_run set state = 'RUNNING', attempt = attempt + 1, sequence = :sequence,"
                + " as_of = :asOf, started_at = :now, plan_json = :plan, host = null, pid = null,"
                + " pid_started = null where id = :id",
            run)
        .param("sequence", plan.sequence())
        .param("asOf", plan.asOfMillis())
        .param("plan", PlanCodec.encodeToString(plan))
        .param("now", at(now))
        .update();
    plan.views().forEach(view -> noteView(view.number(), plan.asOfMillis()));
  }

  private void noteView(int view, long asOfMillis) {
    int updated =
        database
            .sql("update batch_view set as_of = greatest(as_of, :asOf) where view = :view")
            .param("asOf", asOfMillis)
            .param("view", view)
            .update();
    if (updated == 0) {
      database
          .sql("insert into batch_view (view, as_of) values (:view, :asOf)")
          .param("asOf", asOfMillis)
          .param("view", view)
          .update();
    }
  }

  /** The newest as-of time that a run was started for, by view. */
  Map<Integer, Long> startedViews() {
    return database
        .sql("select view, as_of from batch_view")
        .query((row, index) -> Map.entry(row.getInt(1), row.getLong(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void noteProcess(BatchRun run, RunProcess process) {
    update(
            "update batch_run set host = :host, pid = :pid, pid_started = :started where id = :id",
            run)
        .param("host", process.host())
        .param("pid", process.pid())
        .param("started", process.startedMillis())
        .update();
  }

  void succeed(BatchRun run, BatchRunResult result, Instant now) {
    update(
            "update batch_run set state = 'SUCCEEDED', finished_at = :now, result_json = :result,"
                + " problem = null where id = :id",
            run)
        .param("result", PlanCodec.encodeToString(result))
        .param("now", at(now))
        .update();
  }

  void tryAgain(BatchRun run, Instant notBefore, String problem) {
    update(
            "update batch_run set state = 'PENDING', not_before = :notBefore, problem = :problem"
                + " where id = :id",
            run)
        .param("notBefore", at(notBefore))
        .param("problem", problem)
        .update();
  }

  void end(BatchRun run, State state, String problem, Instant now) {
    update(
            "update batch_run set state = :state, finished_at = :now, problem = :problem"
                + " where id = :id",
            run)
        .param("state", state.name())
        .param("problem", problem)
        .param("now", at(now))
        .update();
  }

  private JdbcClient.StatementSpec update(String sql, BatchRun run) {
    return database.sql(sql).param("id", run.id());
  }

  private JdbcClient.StatementSpec of(String sql, SourceName source) {
    return database.sql(sql).param("project", source.project()).param("source", source.source());
  }

  private static Object at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
