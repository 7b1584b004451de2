package io.freshet.batch.archive;

import io.freshet.batch.table.Warehouse;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.SourcePlan;

/** The part of a run's plan that says what is archived, from where and to where. */
public record ArchiveRun(
    SourcePlan source, String bootstrapServers, String warehouse, DeadLetters deadLetters) {
  public static ArchiveRun of(BatchRunPlan plan) {
    return new ArchiveRun(
        plan.source(), plan.bootstrapServers(), plan.warehouse(), plan.deadLetters());
  }

  public static ArchiveRun of(HandOverPlan plan) {
    return new ArchiveRun(
        plan.source(), plan.bootstrapServers(), plan.warehouse(), plan.deadLetters());
  }

  Warehouse tables() {
    return Warehouse.of(warehouse, source);
  }
}
