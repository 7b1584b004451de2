package io.freshet.platform.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.BackfillPlan;
import io.freshet.plan.BackfillResult;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.ConsistencyResult;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.HandOverResult;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.RunProgress;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetResult;
import io.freshet.platform.schedule.BatchRun.Cause;
import io.freshet.platform.schedule.BatchRun.RunProcess;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.BatchRun.State;
import io.freshet.platform.schedule.BatchRun.Watch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Rows of the table {@code batch_run}. */
final class BatchRunRows {
  private BatchRunRows() {}

  static BatchRun read(ResultSet row, int index) throws SQLException {
    return new BatchRun(
        row.getString("id"),
        new SourceName(row.getString("project"), row.getString("source")),
        row.getString("tier"),
        cause(row),
        State.valueOf(row.getString("state")),
        row.getObject("as_of", Long.class),
        row.getInt("attempt"),
        row.getInt("sequence"),
        row.getObject("not_before", OffsetDateTime.class).toInstant(),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        process(row),
        plan(row),
        result(row),
        row.getString("problem"),
        new Watch(instant(row, "cancel_wanted_at"), progress(row)));
  }

  private static @Nullable RunProcess process(ResultSet row) throws SQLException {
    String host = row.getString("host");
    return host == null
        ? null
        : new RunProcess(host, row.getLong("pid"), row.getLong("pid_started"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static @Nullable RunProgress progress(ResultSet row) throws SQLException {
    String json = row.getString("progress_json");
    try {
      return json == null ? null : PlanCodec.decode(json.getBytes(UTF_8), RunProgress.class);
    } catch (JacksonException ofAnotherRelease) {
      return null;
    }
  }

  private static @Nullable RunPlan plan(ResultSet row) throws SQLException {
    String json = row.getString("plan_json");
    if (json == null) {
      return null;
    }
    byte[] plan = json.getBytes(UTF_8);
    return switch (cause(row)) {
      case HAND_OVER -> new RunPlan.HandOver(PlanCodec.decode(plan, HandOverPlan.class));
      case TRAINING_SET -> new RunPlan.TrainingSet(PlanCodec.decode(plan, TrainingSetPlan.class));
      case BACKFILL -> new RunPlan.Backfill(PlanCodec.decode(plan, BackfillPlan.class));
      case CONSISTENCY -> new RunPlan.Consistency(PlanCodec.decode(plan, ConsistencyPlan.class));
      default -> new RunPlan.Materialize(PlanCodec.decode(plan, BatchRunPlan.class));
    };
  }

  private static @Nullable RunResult result(ResultSet row) throws SQLException {
    String json = row.getString("result_json");
    if (json == null) {
      return null;
    }
    byte[] result = json.getBytes(UTF_8);
    return switch (cause(row)) {
      case HAND_OVER -> new RunResult.HandedOver(PlanCodec.decode(result, HandOverResult.class));
      case TRAINING_SET ->
          new RunResult.TrainingSet(PlanCodec.decode(result, TrainingSetResult.class));
      case BACKFILL -> new RunResult.Backfilled(PlanCodec.decode(result, BackfillResult.class));
      case CONSISTENCY ->
          new RunResult.Consistency(PlanCodec.decode(result, ConsistencyResult.class));
      default -> new RunResult.Materialized(PlanCodec.decode(result, BatchRunResult.class));
    };
  }

  private static Cause cause(ResultSet row) throws SQLException {
    return Cause.valueOf(row.getString("cause"));
  }
}
