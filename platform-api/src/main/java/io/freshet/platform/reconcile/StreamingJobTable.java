package io.freshet.platform.reconcile;

import io.freshet.plan.PlanCodec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The stored intents for streaming jobs. What was seen of an attempt is noted only while the row is
 * of that attempt, and in the state that the observer knew.
 */
@Component
class StreamingJobTable implements StreamingJobs {
  private static final String BY_KEY =
      " where project = :project and source = :source and delivery = :delivery";
  private static final String SAME_ATTEMPT = BY_KEY + " and job_id = :jobId and state = :before";

  private final JdbcClient database;

  StreamingJobTable(JdbcClient database) {
    this.database = database;
  }

  @Override
  public List<StreamingJob> all() {
    return database
        .sql("select * from streaming_job order by project, source, delivery")
        .query(StreamingJobRow::read)
        .list();
  }

  @Override
  public Optional<StreamingJob> find(JobKey key) {
    return bind("select * from streaming_job" + BY_KEY, key)
        .query(StreamingJobRow::read)
        .optional();
  }

  /** Stores an intent in the place of the one before. */
  void replace(StreamingJob job) {
    bind("delete from streaming_job" + BY_KEY, job.key()).update();
    bind(
            "insert into streaming_job (project, source, delivery, generation, attempt, job_id,"
                + " state, plan_json, parallelism, jar, state_bytes, backend_reason, savepoint,"
                + " stop_number, stop_not_before, checkpointed, rejected, notice, held_by, problem,"
                + " requested_at, updated_at) values"
                + " (:project, :source, :delivery, :generation, :attempt, :jobId, :state, :plan,"
                + " :parallelism, :jar, :stateBytes, :backendReason, :savepoint, :stopNumber,"
                + " :stopNotBefore, :checkpointed, :rejected, :notice, :heldBy, :problem,"
                + " :requestedAt, :updatedAt)",
            job.key())
        .param("generation", job.generation())
        .param("attempt", job.attempt())
        .param("jobId", job.jobId())
        .param("state", job.state().name())
        .param("plan", PlanCodec.encodeToString(job.plan()))
        .param("parallelism", job.launch().parallelism())
        .param("jar", job.launch().jar())
        .param("stateBytes", job.launch().stateBytes())
        .param("backendReason", job.launch().backendReason())
        .param("savepoint", job.savepoint())
        .param("stopNumber", job.stop().number())
        .param("stopNotBefore", at(job.stop().notBefore()))
        .param("checkpointed", job.past().checkpointed())
        .param("rejected", StreamingJobRow.lines(job.past().rejected()))
        .param("notice", job.past().notice())
        .param("heldBy", job.condition() == null ? null : job.condition().name())
        .param("problem", job.problem())
        .param("requestedAt", at(job.requestedAt()))
        .param("updatedAt", at(job.updatedAt()))
        .update();
  }

  void observe(StreamingJob job, StreamingJob.State state, @Nullable String problem, Instant now) {
    note(job, "state = :state, problem = :problem", now)
        .param("state", state.name())
        .param("problem", problem)
        .update();
  }

  /** Notes that the attempt has state that could be lost. */
  void noteCheckpointed(StreamingJob job, Instant now) {
    note(job, "checkpointed = true", now).update();
  }

  /** Decides that a running attempt is to be stopped with a savepoint. */
  void beginStop(StreamingJob job, Instant now) {
    note(job, "state = 'STOPPING', stop_number = stop_number + 1, stop_not_before = null", now)
        .update();
  }

  /** Gives a stop up that failed: the attempt goes on. */
  void endStop(StreamingJob job, String problem, Instant notBefore, Instant now) {
    note(job, "state = 'RUNNING', problem = :problem, stop_not_before = :notBefore", now)
        .param("problem", problem)
        .param("notBefore", at(notBefore))
        .update();
  }

  /** Keeps an attempt that ended from being started again. */
  void hold(StreamingJob job, Condition condition, String problem, Instant now) {
    note(job, "held_by = :condition, problem = :problem", now)
        .param("condition", condition.name())
        .param("problem", problem)
        .update();
  }

  /** Notes that an operator knows of the suspected loss; answers false if there is none. */
  boolean acknowledgeLoss(JobKey key, Instant now) {
    return bind(
                "update streaming_job set held_by = :known, updated_at = :now"
                    + BY_KEY
                    + " and held_by = :suspected",
                key)
            .param("known", Condition.DATA_LOSS_ACKNOWLEDGED.name())
            .param("suspected", Condition.DATA_LOSS_SUSPECTED.name())
            .param("now", at(now))
            .update()
        > 0;
  }

  private JdbcClient.StatementSpec note(StreamingJob job, String assignments, Instant now) {
    return bind(
            "update streaming_job set " + assignments + ", updated_at = :now" + SAME_ATTEMPT,
            job.key())
        .param("jobId", job.jobId())
        .param("before", job.state().name())
        .param("now", at(now));
  }

  private JdbcClient.StatementSpec bind(String sql, JobKey key) {
    return database
        .sql(sql)
        .param("project", key.project())
        .param("source", key.source())
        .param("delivery", key.delivery().name());
  }

  private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
