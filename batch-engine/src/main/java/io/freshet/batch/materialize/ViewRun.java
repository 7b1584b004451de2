package io.freshet.batch.materialize;

import io.freshet.batch.run.RunReport;
import io.freshet.batch.run.RunStage;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult.ViewResult;
import io.freshet.plan.ViewPlan;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * Takes one view from its tiles to its rows. The order matters when a run is killed: tiles, online
 * store, feature log; {@link TileTable} says why. A tick before the newest goes to the log only.
 */
record ViewRun(SparkSession spark, BatchRunPlan plan, ViewPlan view) {
  /**
   * @param tilesOfRun rows of {@link InputSchema#tiles}
   * @param events how many events those of the view hold
   * @param duplicates how many copies of events were dropped before
   */
  ViewResult materialize(Dataset<Row> tilesOfRun, long events, long duplicates) {
    String name = view.view().name();
    RunStage.TILES.enter(spark, name);
    FeatureLog log = FeatureLog.ensured(spark, plan, view);
    TileTable table = TileTable.ensured(spark, plan, view);
    ComputedRows computed = new ComputedRows(RunViews.of(plan));
    Dataset<Row> tiles = kept(table.withEmptyKeys(computed.tilesOf(view, tilesOfRun), log));
    Dataset<Row> rows = kept(computed.rows(view, tiles));
    try {
      if (table.isOutdated()) {
        RunStage.LOG.enter(spark, name);
        log.commit(rows);
        return new ViewResult(view.number(), events, rows.count(), 0, duplicates);
      }
      table.commit(tiles);
      RunStage.SERVE.enter(spark, name);
      ViewResult result = serve(rows, events, duplicates);
      RunStage.LOG.enter(spark, name);
      log.commit(rows);
      return result;
    } finally {
      rows.unpersist();
      tiles.unpersist();
    }
  }

  private ViewResult serve(Dataset<Row> rows, long events, long duplicates) {
    LongAccumulator decided = spark.sparkContext().longAccumulator(RunReport.ROWS_SERVED);
    LongAccumulator applied = spark.sparkContext().longAccumulator();
    rows.foreachPartition(
        new ServeRows(RunViews.of(plan), plan.onlineStore(), view.number(), decided, applied));
    return new ViewResult(view.number(), events, decided.value(), applied.value(), duplicates);
  }

  private static Dataset<Row> kept(Dataset<Row> rows) {
    return rows.persist(StorageLevel.MEMORY_AND_DISK());
  }
}
