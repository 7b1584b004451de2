package io.freshet.platform.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.Delivery;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.StreamingJobPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the stored intents as what it says. */
final class StreamingJobRow {
  private StreamingJobRow() {}

  static StreamingJob read(ResultSet row, int index) throws SQLException {
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
        launch(row),
        row.getString("savepoint"),
        new Stop(row.getInt("stop_number"), optionalTime(row, "stop_not_before")),
        past(row),
        condition(row.getString("held_by")),
        row.getString("problem"),
        time(row, "requested_at"),
        time(row, "updated_at"));
  }

  /** One a line: neither paths nor URIs of ours have line breaks. */
  static String lines(List<String> texts) {
    return String.join("\n", texts);
  }

  private static Launch launch(ResultSet row) throws SQLException {
    return new Launch(
        row.getInt("parallelism"),
        row.getString("jar"),
        row.getLong("state_bytes"),
        row.getString("backend_reason"));
  }

  private static Past past(ResultSet row) throws SQLException {
    return new Past(
        row.getBoolean("checkpointed"),
        row.getString("rejected").lines().toList(),
        row.getString("notice"));
  }

  private static @Nullable Condition condition(@Nullable String name) {
    return name == null ? null : Condition.valueOf(name);
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant optionalTime(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
