package io.freshet.platform.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.Delivery;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.StreamingJobPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The stored intents for streaming jobs. */
@Component
class StreamingJobTable implements StreamingJobs {
  private static final String BY_KEY =
      " where project = :project and source = :source and delivery = :delivery";
  private static final String SAME_ATTEMPT = BY_KEY + " and job_id = :jobId";

  private final JdbcClient database;

  StreamingJobTable(JdbcClient database) {
    this.database = database;
  }

  @Override
  public List<StreamingJob> all() {
    return database
        .sql("select * from streaming_job order by project, source, delivery")
        .query(StreamingJobTable::read)
        .list();
  }

  @Override
  public Optional<StreamingJob> find(JobKey key) {
    return bind("select * from streaming_job" + BY_KEY, key)
        .query(StreamingJobTable::read)
        .optional();
  }

  /** Stores an intent in the place of the one before. */
  void replace(StreamingJob job) {
    bind("delete from streaming_job" + BY_KEY, job.key()).update();
    bind(
            "insert into streaming_job (project, source, delivery, generation, attempt, job_id,"
                + " state, plan_json, savepoint, problem, requested_at, updated_at) values"
                + " (:project, :source, :delivery, :generation, :attempt, :jobId, :state, :plan,"
                + " :savepoint, :problem, :requestedAt, :updatedAt)",
            job.key())
        .param("generation", job.generation())
        .param("attempt", job.attempt())
        .param("jobId", job.jobId())
        .param("state", job.state().name())
        .param("plan", PlanCodec.encodeToString(job.plan()))
        .param("savepoint", job.savepoint())
        .param("problem", job.problem())
        .param("requestedAt", at(job.requestedAt()))
        .param("updatedAt", at(job.updatedAt()))
        .update();
  }

  /** Notes what was seen of an attempt, unless another attempt has taken its place. */
  void observe(StreamingJob job, StreamingJob.State state, @Nullable String problem, Instant now) {
    bind(
            "update streaming_job set state = :state, problem = :problem, updated_at = :now"
                + SAME_ATTEMPT
                + " and state = :before",
            job.key())
        .param("jobId", job.jobId())
        .param("before", job.state().name())
        .param("state", state.name())
        .param("problem", problem)
        .param("now", at(now))
        .update();
  }

  private JdbcClient.StatementSpec bind(String sql, JobKey key) {
    return database
        .sql(sql)
        .param("project", key.project())
        .param("source", key.source())
        .param("delivery", key.delivery().name());
  }

  private static StreamingJob read(ResultSet row, int index) throws SQLException {
    return new StreamingJob(
        new JobKey(
            row.getString("project"),
            row.getString("source"),
            Delivery.valueOf(row.getString("delivery"))),
        row.getLong("generation"),
        row.getInt("attempt"),
        row.getString("job_id"),
        StreamingJob.State.valueOf(row.getString("state")),
        PlanCodec.decode(row.getString("plan_json").getBytes(UTF_8), StreamingJobPlan.class),
        row.getString("savepoint"),
        row.getString("problem"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
