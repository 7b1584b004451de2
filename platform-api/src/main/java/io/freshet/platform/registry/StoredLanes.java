package io.freshet.platform.registry;

import io.freshet.plan.BoundView;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.Lane.Step;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class StoredLanes implements Lanes {
  private final LaneTable lanes;
  private final LaneStarts starts;
  private final ViewVersionTable versions;
  private final Revision revision;
  private final Clock clock;

  StoredLanes(
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

  @Override
  public List<ViewPlan> of(String project, String source) {
    return lanes.running(project, source).stream().map(Lane::plan).toList();
  }

  @Override
  @Transactional
  public void shed(int viewNumber) {
    revision.lock();
    if (lanes.running(viewNumber).stream().anyMatch(lane -> !lane.plan().shedding())) {
      lanes.shed(viewNumber);
      revision.advance();
    }
  }

  @Override
  @Transactional
  public void recover(int viewNumber) {
    revision.lock();
    List<Lane> running = lanes.running(viewNumber);
    if (running.stream().anyMatch(lane -> lane.plan().shedding())) {
      replace(running, "Its events were dropped while the stream was overloaded");
    }
  }

  @Override
  @Transactional
  public void beginAgain(int viewNumber, String reason) {
    revision.lock();
    List<Lane> running = lanes.running(viewNumber);
    if (running.isEmpty()) {
      return;
    }
    Lane newest = running.get(running.size() - 1);
    if (running.size() > 1 || newest.step() != Step.CUT || newest.plan().shedding()) {
      replace(running, reason);
    }
  }

  /** Ends all lanes of a view, and begins one like the newest of them. */
  private void replace(List<Lane> running, String reason) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ViewPlan newest = running.get(running.size() - 1).plan();
    Optional<ViewVersion> version = versions.live(newest.number());
    // This takes the source's lock, which others take before the rows of its lanes.
    version.ifPresent(live -> begin(live, newest.view(), reason, now));
    running.forEach(lane -> lanes.end(lane.number(), now));
    revision.advance();
  }

  private void begin(ViewVersion version, BoundView bound, String reason, Instant now) {
    if (version.isServedByStream()) {
      starts.beginServing(version, bound, reason, now);
    } else {
      starts.beginBeside(version, bound, reason, now);
    }
  }

  @Override
  public Set<Integer> sheddingViews() {
    return lanes.running().stream()
        .map(Lane::plan)
        .filter(ViewPlan::shedding)
        .map(ViewPlan::number)
        .collect(Collectors.toSet());
  }
}
