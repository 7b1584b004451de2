package io.freshet.batch.materialize;

import io.freshet.batch.materialize.TakenEvents.Seen;
import io.freshet.batch.table.DeltaFolder;
import io.freshet.batch.table.DeltaState;
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
  /**
   * @param archive the source's table
   * @param source what its log says
   */
  static ViewTask of(
      SparkSession spark,
      BatchRunPlan plan,
      ViewPlan view,
      DeltaFolder archive,
      DeltaState source) {
    TileTable table = TileTable.ensured(spark, plan, view, source.id());
    FeatureLog log = FeatureLog.ensured(spark, plan, view);
    return new ViewTask(view, table, log, reading(plan, table, archive, source));
  }

  /** The same view, read from its first event on. */
  ViewTask inFull(Reading why) {
    return new ViewTask(view, table, log, why);
  }

  boolean readsChanges() {
    return reading == Reading.CHANGES;
  }

  boolean isOutdated() {
    return reading == Reading.ALL_FOR_EARLIER_TICK;
  }

  Seen seen() {
    return readsChanges() ? table.seen() : Seen.NOTHING;
  }

  private static Reading reading(
      BatchRunPlan plan, TileTable table, DeltaFolder archive, DeltaState source) {
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
    if (version > source.version()) {
      return Reading.ALL_FOR_REPLACED_TABLE;
    }
    return version == source.version() || archive.hasCommit(version + 1)
        ? Reading.CHANGES
        : Reading.ALL_FOR_GAP;
  }
}
