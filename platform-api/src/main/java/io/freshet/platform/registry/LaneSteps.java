package io.freshet.platform.registry;

import io.freshet.plan.Engine;
import io.freshet.plan.ViewPlan;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores how far hand-overs are. Every step may be stored again, or by several replicas: what was
 * done before, or overtaken, does nothing.
 */
@Component
public class LaneSteps implements RunningLanes {
  private final LaneTable lanes;
  private final LaneStarts starts;
  private final ViewVersionTable versions;
  private final Revision revision;
  private final Clock clock;

  LaneSteps(
      LaneTable lanes,
      LaneStarts starts,
      ViewVersionTable versions,
      Revision revision,
      Clock clock) {
    this.lanes = lanes;
    this.starts = starts;
    this.versions = versions;
    this.revision = revision;
    this.clock = clock;
  }

  /** The lanes of all sources that have not ended, by number. */
  public List<Lane> running() {
    return lanes.running();
  }

  @Override
  public List<Lane> running(String project, String source) {
    return lanes.running(project, source);
  }

  /** The newest lanes of a view's version, the newest first. */
  public List<Lane> newest(int viewNumber, int limit) {
    return lanes.all(viewNumber, limit);
  }

  /** The stream has said where the lane begins; its history is next. */
  public void cut(Lane lane, Map<Integer, Long> cut) {
    lanes.cut(lane.number(), cut, now());
  }

  /** A batch run is asked to hand the lane's history over. */
  public void assign(Lane lane, String run) {
    lanes.assign(lane.number(), run, now());
  }

  /** The run that was asked for has failed for good: another one is to be asked for. */
  public void assignToNone(Lane lane) {
    lanes.assign(lane.number(), null, now());
  }

  /** The run has sent the history; the stream is to take it in. */
  public void historySent(Lane lane, long events, long keys) {
    lanes.historySent(lane.number(), events, keys, now());
  }

  /** Notes for people what a lane waits for. */
  public void note(Lane lane, String waitingFor) {
    if (!waitingFor.equals(lane.waitingFor())) {
      lanes.note(lane.number(), waitingFor);
    }
  }

  /** The lane has its history: it serves the view, and ends what it replaces. */
  @Transactional
  public void live(Lane lane) {
    revision.lock();
    if (!lanes.live(lane.number(), now())) {
      return;
    }
    ViewPlan plan = lane.plan();
    lanes.running(plan.number()).stream()
        .filter(other -> other.plan().epoch() < plan.epoch())
        .forEach(other -> lanes.end(other.number(), now()));
    versions
        .live(plan.number())
        .filter(version -> version.plan().epoch() < plan.epoch())
        .ifPresent(
            version -> versions.update(new ViewVersion(plan, version.route(), version.next())));
    revision.advance();
  }

  /** Has another lane begin in the place of one whose beginning is not what it was. */
  @Transactional
  public void beginAgain(Lane lane, String reason) {
    revision.lock();
    Optional<Lane> stored = lanes.find(lane.number()).filter(found -> found.endedAt() == null);
    Optional<ViewVersion> version = versions.live(lane.plan().number());
    if (stored.isEmpty() || version.isEmpty()) {
      return;
    }
    ViewPlan plan = stored.get().plan();
    // This takes the source's lock, which others take before the rows of its lanes.
    if (version.get().isServedByStream() && version.get().plan().lane() == lane.number()) {
      starts.beginServing(version.get(), plan.view(), reason, now());
    } else {
      starts.beginBeside(version.get(), plan.view(), reason, now());
    }
    lanes.end(lane.number(), now());
    revision.advance();
  }

  /** A batch run has materialized a view that leaves the stream, whose lanes end with that. */
  @Transactional
  public void materialized(ViewPlan arrived) {
    revision.lock();
    Optional<ViewVersion> version =
        versions.live(arrived.number()).filter(live -> arrived.equals(live.next()));
    if (version.isEmpty() || arrived.tier().engine() != Engine.BATCH) {
      return;
    }
    lanes.running(arrived.number()).forEach(lane -> lanes.end(lane.number(), now()));
    versions.update(new ViewVersion(arrived, version.get().route()));
    revision.advance();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
