package io.freshet.platform.registry;

import io.freshet.plan.BoundView;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.Lane.Step;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of lanes, those that run and those that have ended. */
@Component
class LaneTable {
  private static final String RUNNING = "select * from lane where ended_at is null";
  private static final String STILL = " where lane = :lane and step = :before and ended_at is null";

  private final JdbcClient database;

  LaneTable(JdbcClient database) {
    this.database = database;
  }

  List<Lane> running() {
    return database.sql(RUNNING + " order by lane").query(LaneRows::read).list();
  }

  List<Lane> running(String project, String source) {
    return database
        .sql(RUNNING + " and project = :project and source = :source order by lane")
        .param("project", project)
        .param("source", source)
        .query(LaneRows::read)
        .list();
  }

  /** The running lanes of a view's version, the newest last. */
  List<Lane> running(int view) {
    return database
        .sql(RUNNING + " and view = :view order by epoch, lane")
        .param("view", view)
        .query(LaneRows::read)
        .list();
  }

  /** All lanes that a view's version ever had, the newest first. */
  List<Lane> all(int view, int limit) {
    return database
        .sql("select * from lane where view = :view order by epoch desc, lane desc limit :limit")
        .param("view", view)
        .param("limit", limit)
        .query(LaneRows::read)
        .list();
  }

  Optional<Lane> find(int lane) {
    return database
        .sql("select * from lane where lane = :lane")
        .param("lane", lane)
        .query(LaneRows::read)
        .optional();
  }

  /** The greatest epoch that a lane of the view's version had, or 0. */
  int greatestEpoch(int view) {
    return database
        .sql("select coalesce(max(epoch), 0) from lane where view = :view")
        .param("view", view)
        .query(Integer.class)
        .single();
  }

  void insert(Lane lane) {
    ViewPlan plan = lane.plan();
    database
        .sql(
            "insert into lane (lane, view, project, source, bound, epoch, phase, shedding, step,"
                + " reason, began_at, step_at, live_at) values (:lane, :view, :project, :source,"
                + " :bound, :epoch, :phase, :shedding, :step, :reason, :beganAt, :stepAt, :liveAt)")
        .param("lane", plan.lane())
        .param("view", plan.number())
        .param("project", plan.view().project())
        .param("source", plan.view().source())
        .param("bound", PlanCodec.encodeToString(plan.view()))
        .param("epoch", plan.epoch())
        .param("phase", plan.phase().name())
        .param("shedding", plan.shedding())
        .param("step", lane.step().name())
        .param("reason", lane.reason())
        .param("beganAt", at(lane.beganAt()))
        .param("stepAt", at(lane.stepAt()))
        .param("liveAt", lane.liveAt() == null ? null : at(lane.liveAt()))
        .update();
  }

  void rebind(int lane, BoundView bound) {
    database
        .sql("update lane set bound = :bound where lane = :lane")
        .param("lane", lane)
        .param("bound", PlanCodec.encodeToString(bound))
        .update();
  }

  /** Has all running lanes of the view's version shed. */
  void shed(int view) {
    database
        .sql("update lane set shedding = true where view = :view and ended_at is null")
        .param("view", view)
        .update();
  }

  void end(int lane, Instant now) {
    database
        .sql("update lane set ended_at = :now where lane = :lane and ended_at is null")
        .param("lane", lane)
        .param("now", at(now))
        .update();
  }

  /** Stores the cut and that the history is next; does nothing if the lane is past that. */
  void cut(int lane, Map<Integer, Long> cut, Instant now) {
    step(lane, Step.CUT, "cut = :cut, step = 'HISTORY'", now)
        .param("cut", LaneRows.encodeCut(cut))
        .update();
  }

  /**
   * @param run null to have another one asked for
   */
  void assign(int lane, @Nullable String run, Instant now) {
    step(lane, Step.HISTORY, "run = :run", now).param("run", run).update();
  }

  void historySent(int lane, long events, long keys, Instant now) {
    step(lane, Step.HISTORY, "events = :events, entity_keys = :keys, step = 'SETTLING'", now)
        .param("events", events)
        .param("keys", keys)
        .update();
  }

  /** Answers whether the lane was not live before. */
  boolean live(int lane, Instant now) {
    return step(lane, Step.SETTLING, "phase = 'LIVE', step = 'DONE', live_at = :now", now).update()
        > 0;
  }

  private JdbcClient.StatementSpec step(int lane, Step before, String change, Instant now) {
    return database
        .sql("update lane set " + change + ", waiting_for = null, step_at = :now" + STILL)
        .param("lane", lane)
        .param("before", before.name())
        .param("now", at(now));
  }

  void note(int lane, String waitingFor) {
    database
        .sql("update lane set waiting_for = :waitingFor where lane = :lane and step <> 'DONE'")
        .param("lane", lane)
        .param("waitingFor", waitingFor)
        .update();
  }

  private static Timestamp at(Instant instant) {
    return Timestamp.from(instant);
  }
}
