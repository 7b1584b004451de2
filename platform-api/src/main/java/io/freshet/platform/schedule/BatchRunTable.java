package io.freshet.platform.schedule;

import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stored batch runs; {@link RunSteps} takes them from state to state. */
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

  /**
   * Asks for a run that is due at a time.
   *
   * @throws DuplicateKeyException if that was done before
   */
  String requestDue(SourceName source, String tier, Cause cause, long dueMillis, Instant now) {
    return insert(source, tier, cause, null, source + "/" + tier + "/" + dueMillis, now);
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

  private JdbcClient.StatementSpec of(String sql, SourceName source) {
    return database.sql(sql).param("project", source.project()).param("source", source.source());
  }

  private static Object at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
