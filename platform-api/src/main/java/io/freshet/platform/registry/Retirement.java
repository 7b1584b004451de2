package io.freshet.platform.registry;

import java.time.Instant;
import org.springframework.stereotype.Component;

/** Ends the version of a view that is live, with its lanes. The transaction is the caller's. */
@Component
class Retirement {
  private final ViewVersionTable versions;
  private final LaneTable lanes;

  Retirement(ViewVersionTable versions, LaneTable lanes) {
    this.versions = versions;
    this.lanes = lanes;
  }

  /** Does nothing if there is none. */
  void retire(String project, String view, Instant now) {
    versions
        .live(project, view)
        .ifPresent(
            version ->
                lanes
                    .running(version.plan().number())
                    .forEach(lane -> lanes.end(lane.number(), now)));
    versions.retire(project, view, now);
  }
}
