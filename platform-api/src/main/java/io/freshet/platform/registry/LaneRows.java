package io.freshet.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.BoundView;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.Lane.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of the table {@code lane}. */
final class LaneRows {
  private LaneRows() {}

  static Lane read(ResultSet row, int index) throws SQLException {
    return new Lane(
        plan(row),
        Step.valueOf(row.getString("step")),
        row.getString("reason"),
        cut(row.getString("cut")),
        row.getString("run"),
        row.getObject("events", Long.class),
        row.getObject("entity_keys", Long.class),
        row.getString("waiting_for"),
        row.getObject("began_at", OffsetDateTime.class).toInstant(),
        row.getObject("step_at", OffsetDateTime.class).toInstant(),
        instant(row, "live_at"),
        instant(row, "ended_at"));
  }

  static String encodeCut(Map<Integer, Long> cut) {
    return PlanCodec.encodeToString(new Cut(cut));
  }

  private static ViewPlan plan(ResultSet row) throws SQLException {
    return new ViewPlan(
        PlanCodec.decode(row.getString("bound").getBytes(UTF_8), BoundView.class),
        row.getInt("view"),
        row.getInt("lane"),
        Tier.STREAMING,
        row.getInt("epoch"),
        ViewPlan.Phase.valueOf(row.getString("phase")),
        row.getBoolean("shedding"));
  }

  private static @Nullable Map<Integer, Long> cut(@Nullable String json) {
    return json == null ? null : PlanCodec.decode(json.getBytes(UTF_8), Cut.class).offsets();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private record Cut(Map<Integer, Long> offsets) {}
}
