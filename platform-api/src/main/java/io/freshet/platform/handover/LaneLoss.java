package io.freshet.platform.handover;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.StateLoss;
import io.freshet.platform.registry.Lane;
import io.freshet.platform.registry.LaneSteps;
import io.freshet.platform.registry.Lanes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Begins the lanes again whose state a streaming job has lost. */
@Component
class LaneLoss implements StateLoss {
  private final Lanes lanes;
  private final LaneSteps steps;

  LaneLoss(Lanes lanes, LaneSteps steps) {
    this.lanes = lanes;
    this.steps = steps;
  }

  @Override
  public void fellBack(List<ViewPlan> views, Instant stateOf, String reason) {
    Set<Integer> younger =
        steps.running().stream()
            .filter(lane -> lane.beganAt().isAfter(stateOf))
            .map(Lane::number)
            .collect(Collectors.toSet());
    views.stream()
        .filter(view -> younger.contains(view.lane()))
        .forEach(view -> lanes.beginAgain(view.number(), reason));
  }

  @Override
  public void lostAll(List<ViewPlan> views, String reason) {
    views.forEach(view -> lanes.beginAgain(view.number(), reason));
  }
}
