package io.freshet.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.routing.Route;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of all versions of views, of which at most one a view is live. */
@Component
class ViewVersionTable {
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
        .sql(
            "select * from view_version"
                + " where project = :project and name = :name and state = 'LIVE'")
        .param("project", project)
        .param("name", name)
        .query(ViewVersionTable::version)
        .optional();
  }

  /** The live versions of a project's views, by name. */
  List<ViewVersion> live(String project) {
    return database
        .sql("select * from view_version where project = :project and state = 'LIVE' order by name")
        .param("project", project)
        .query(ViewVersionTable::version)
        .list();
  }

  /** The live versions of all views, by number. */
  List<ViewVersion> live() {
    return database
        .sql("select * from view_version where state = 'LIVE' order by number")
        .query(ViewVersionTable::version)
        .list();
  }

  void insert(ViewVersion version, Instant now) {
    ViewPlan plan = version.plan();
    database
        .sql(
            "insert into view_version"
                + " (number, project, name, source, plan, route, state, created_at)"
                + " values (:number, :project, :name, :source, :plan, :route, 'LIVE', :now)")
        .param("number", plan.number())
        .param("project", plan.view().project())
        .param("name", plan.view().name())
        .param("source", plan.view().source())
        .param("plan", PlanCodec.encodeToString(plan))
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

  void explain(int number, Route route) {
    database
        .sql("update view_version set route = :route where number = :number")
        .param("number", number)
        .param("route", PlanCodec.encodeToString(route))
        .update();
  }

  private static ViewVersion version(ResultSet row, int index) throws SQLException {
    return new ViewVersion(
        PlanCodec.decode(row.getString("plan").getBytes(UTF_8), ViewPlan.class),
        PlanCodec.decode(row.getString("route").getBytes(UTF_8), Route.class));
  }
}
