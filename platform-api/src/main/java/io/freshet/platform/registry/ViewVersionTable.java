package io.freshet.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.Engine;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import io.freshet.plan.ViewPlan.Phase;
import io.freshet.platform.routing.Route;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of all versions of views, of which at most one a view is live. */
@Component
class ViewVersionTable {
  private static final String LIVE =
      "select v.*, l.phase, l.shedding from view_version v left join lane l on l.lane = v.lane"
          + " where v.state = 'LIVE'";

  private final JdbcClient database;

  ViewVersionTable(JdbcClient database) {
    this.database = database;
  }

  /** A number that no version had or will have. */
  int nextNumber() {
    return database.sql("select nextval('view_number')").query(Integer.class).single();
  }

  Optional<ViewVersion> live(String project, String name) {
    return database
        .sql(LIVE + " and v.project = :project and v.name = :name")
        .param("project", project)
        .param("name", name)
        .query(ViewVersionTable::version)
        .optional();
  }

  /** The live versions of a project's views, by name. */
  List<ViewVersion> live(String project) {
    return database
        .sql(LIVE + " and v.project = :project order by v.name")
        .param("project", project)
        .query(ViewVersionTable::version)
        .list();
  }

  /** The live versions of all views, by number. */
  List<ViewVersion> live() {
    return database.sql(LIVE + " order by v.number").query(ViewVersionTable::version).list();
  }

  /** The version of a number, if it is live. */
  Optional<ViewVersion> live(int number) {
    return database
        .sql(LIVE + " and v.number = :number")
        .param("number", number)
        .query(ViewVersionTable::version)
        .optional();
  }

  void insert(ViewVersion version, Instant now) {
    ViewPlan plan = version.plan();
    database
        .sql(
            "insert into view_version"
                + " (number, project, name, source, plan, lane, route, state, created_at)"
                + " values (:number, :project, :name, :source, :plan, :lane, :route, 'LIVE', :now)")
        .param("number", plan.number())
        .param("project", plan.view().project())
        .param("name", plan.view().name())
        .param("source", plan.view().source())
        .param("plan", PlanCodec.encodeToString(plan))
        .param("lane", laneOf(plan))
        .param("route", PlanCodec.encodeToString(version.route()))
        .param("now", Timestamp.from(now))
        .update();
  }

  void retire(String project, String name, Instant now) {
    database
        .sql(
            "update view_version set state = 'RETIRED', retired_at = :now"
                + " where project = :project and name = :name and state = 'LIVE'")
        .param("project", project)
        .param("name", name)
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Stores anew how a version is materialized: its plans and its route. */
  void update(ViewVersion version) {
    ViewPlan plan = version.plan();
    ViewPlan next = version.next();
    database
        .sql(
            "update view_version set plan = :plan, lane = :lane, next_plan = :next,"
                + " route = :route where number = :number")
        .param("number", plan.number())
        .param("plan", PlanCodec.encodeToString(plan))
        .param("lane", laneOf(plan))
        .param("next", next == null ? null : PlanCodec.encodeToString(next))
        .param("route", PlanCodec.encodeToString(version.route()))
        .update();
  }

  private static @Nullable Integer laneOf(ViewPlan plan) {
    return plan.tier().engine() == Engine.STREAMING ? plan.lane() : null;
  }

  private static ViewVersion version(ResultSet row, int index) throws SQLException {
    String next = row.getString("next_plan");
    return new ViewVersion(
        asItsLaneIs(decoded(row.getString("plan")), row),
        PlanCodec.decode(row.getString("route").getBytes(UTF_8), Route.class),
        next == null ? null : decoded(next));
  }

  private static ViewPlan asItsLaneIs(ViewPlan plan, ResultSet row) throws SQLException {
    String phase = row.getString("phase");
    return phase == null
        ? plan
        : new ViewPlan(
            plan.view(),
            plan.number(),
            plan.lane(),
            plan.tier(),
            plan.epoch(),
            Phase.valueOf(phase),
            row.getBoolean("shedding"));
  }

  private static ViewPlan decoded(String json) {
    return PlanCodec.decode(json.getBytes(UTF_8), ViewPlan.class);
  }
}
