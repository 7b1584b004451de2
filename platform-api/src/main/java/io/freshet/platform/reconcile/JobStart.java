package io.freshet.platform.reconcile;

import io.freshet.plan.StreamingJobPlan;
import java.util.List;

/** What an attempt of a streaming job is to be started with. */
record JobStart(StreamingJobPlan plan, Launch launch) {
  JobStart withoutSeeds() {
    return new JobStart(
        new StreamingJobPlan(
            plan.jobName(),
            plan.source(),
            plan.delivery(),
            List.of(),
            plan.bootstrapServers(),
            plan.onlineStore(),
            plan.logs(),
            plan.checkpoints(),
            plan.flushIntervalMillis()),
        launch);
  }
}
