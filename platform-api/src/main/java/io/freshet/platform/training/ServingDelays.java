package io.freshet.platform.training;

import io.freshet.plan.Engine;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.platform.reconcile.FlinkSettings;
import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.schedule.TrainingSetRuns;
import io.freshet.serving.ServingDelay;
import org.springframework.stereotype.Component;

/** How long after an event or a tick each tier of a source has its rows online. */
@Component
class ServingDelays {
  private final TrainingSetRuns runs;
  private final long flushMillis;

  ServingDelays(TrainingSetRuns runs, FlinkSettings flink) {
    this.runs = runs;
    this.flushMillis = flink.flushInterval().toMillis();
  }

  /** Of a tier of the batch engine as measured; of the stream the interval of its flush. */
  ServingDelay of(SourcePlan source, Tier tier) {
    return tier.engine() == Engine.STREAMING
        ? new ServingDelay(0, flushMillis)
        : runs.delay(new SourceName(source.project(), source.name()), tier);
  }
}
