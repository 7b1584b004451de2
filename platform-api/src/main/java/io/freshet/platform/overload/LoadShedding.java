package io.freshet.platform.overload;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.JobKey;
import io.freshet.platform.registry.Lanes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sheds views of overloaded jobs and recovers them when the jobs are well again. */
@Component
class LoadShedding {
  private static final Logger log = LoggerFactory.getLogger(LoadShedding.class);

  private final Lanes lanes;
  private final SheddingTable actions;
  private final OverloadSettings settings;
  private final Clock clock;

  LoadShedding(Lanes lanes, SheddingTable actions, OverloadSettings settings, Clock clock) {
    this.lanes = lanes;
    this.actions = actions;
    this.settings = settings;
    this.clock = clock;
  }

  /** The numbers of the views that are shed now. */
  Set<Integer> shed() {
    return lanes.sheddingViews();
  }

  /** Sheds or recovers one view of a job, if it is time to. */
  void act(JobKey key, OverloadState state, List<String> reasons, List<ViewPlan> views) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant actedAt = actions.actedAt(key).orElse(null);
    Optional<SheddingChoice> next =
        SheddingChoice.of(state, views, lanes.sheddingViews(), actedAt, now, settings);
    if (next.isEmpty() || !actions.claim(key, actedAt, now)) {
      return;
    }
    ViewPlan view = next.get().view();
    switch (next.get().action()) {
      case SHED -> {
        log.warn(
            "View {}/{} is shed, for job {} is overloaded: {}",
            view.view().project(),
            view.view().name(),
            key.jobName(),
            String.join("; ", reasons));
        lanes.shed(view.number());
      }
      case RECOVER -> {
        log.info(
            "View {}/{} is recovered, for job {} is well",
            view.view().project(),
            view.view().name(),
            key.jobName());
        lanes.recover(view.number());
      }
    }
  }
}
