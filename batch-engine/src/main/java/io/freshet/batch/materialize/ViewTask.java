package io.freshet.batch.materialize;

import io.freshet.batch.materialize.TakenEvents.Seen;
import io.freshet.batch.source.EventTable;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult.Reading;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import org.apache.spark.sql.SparkSession;

/**
 * What a run does for a view, as its tables say.
 *
 * @param reading which events it reads
 */
record ViewTask(ViewPlan view, TileTable table, FeatureLog log, Reading reading) {
  static ViewTask of(SparkSession spark, BatchRunPlan plan, ViewPlan view, EventTable events) {
    TileTable table = TileTable.ensured(spark, plan, view, events.id());
    FeatureLog log = FeatureLog.ensured(spark, plan, view);
    return new ViewTask(view, table, log, reading(plan, table, events));
  }

  /** The same view, read in another way. */
  ViewTask with(Reading other) {
    return new ViewTask(view, table, log, other);
  }

  boolean readsChanges() {
    return reading == Reading.CHANGES || reading == Reading.CHANGES_AND_CORRECTIONS;
  }

  boolean isOutdated() {
    return reading == Reading.ALL_FOR_EARLIER_TICK;
  }

  Seen seen() {
    return readsChanges() ? table.seen() : Seen.NOTHING;
  }

  private static Reading reading(BatchRunPlan plan, TileTable table, EventTable events) {
    if (table.isAheadOf(Instant.ofEpochMilli(plan.asOfMillis()))) {
      return Reading.ALL_FOR_EARLIER_TICK;
    }
    Long version = table.version();
    if (version == null) {
      return table.newestTick() == null
          ? Reading.ALL_FOR_FIRST_TICK
          : Reading.ALL_FOR_REPLACED_TABLE;
    }
    if (table.newestTick() == null) {
      return Reading.ALL_FOR_FIRST_TICK;
    }
    if (version > events.version()) {
      return Reading.ALL_FOR_REPLACED_TABLE;
    }
    return events.tellsChangesAfter(version) ? Reading.CHANGES : Reading.ALL_FOR_GAP;
  }
}
