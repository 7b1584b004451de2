package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static java.util.Objects.requireNonNull;

import io.freshet.batch.run.RunReport;
import io.freshet.batch.run.RunStage;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.Rows;
import io.freshet.plan.BatchRunResult.ViewResult;
import io.freshet.plan.ViewPlan;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * Takes one view from the tiles of its new events to its rows. The order matters when a run is
 * killed: tiles, online store, feature log; {@link TileTable} says why. A tick before the newest
 * goes to the log only.
 *
 * @param through the version of the source's table up to which it was read
 */
record ViewRun(SparkSession spark, BatchRunPlan plan, ViewTask task, long through) {
  /**
   * @param added the tiles of all views of the run
   * @param events how many events those of the view hold
   * @param duplicates how many copies of events were dropped before
   */
  ViewResult materialize(RunTiles added, long events, long duplicates) {
    String name = task.view().view().name();
    RunStage.TILES.enter(spark, name);
    RunViews run = RunViews.of(plan);
    Dataset<Row> tiles = new ComputedRows(run).tilesOf(task.view(), added.tiles());
    if (task.isOutdated()) {
      return logOnly(kept(new ComputedRows(run).rows(task.view(), tiles)), events, duplicates);
    }
    add(tiles, added.corrections());
    Dataset<Row> rows = kept(new DueRows(run, task.view(), task.table(), servedTick()).rows());
    try {
      RunStage.SERVE.enter(spark, name);
      ViewResult result = serve(rows, events, duplicates);
      RunStage.LOG.enter(spark, name);
      if (result.rows() > 0) {
        task.log().commit(rows);
      }
      new TidyTiles(run, task.view(), task.table()).tidy(tick());
      return result;
    } finally {
      rows.unpersist();
    }
  }

  private ViewResult logOnly(Dataset<Row> rows, long events, long duplicates) {
    try {
      RunStage.LOG.enter(spark, task.view().view().name());
      task.log().commit(rows);
      return result(events, rows.count(), 0, duplicates);
    } finally {
      rows.unpersist();
    }
  }

  private void add(Dataset<Row> tiles, @Nullable Corrections corrections) {
    switch (task.reading()) {
      case CHANGES -> task.table().append(tiles, through);
      case CHANGES_AND_CORRECTIONS -> correct(tiles, requireNonNull(corrections));
      default -> task.table().replace(tiles.unionByName(emptied(tiles)), through);
    }
  }

  private void correct(Dataset<Row> tiles, Corrections corrections) {
    int view = task.view().number();
    Dataset<Row> written = tiles.unionByName(emptied(corrections.of(view), tiles));
    Set<LocalDate> months = new TreeSet<>(monthsOf(written));
    requireNonNull(corrections.days().get(view)).stream()
        .map(TileSchema::monthOf)
        .forEach(months::add);
    task.table().correct(corrections.of(view), written, months, through);
  }

  private static List<LocalDate> monthsOf(Dataset<Row> tiles) {
    return tiles
        .select(named(TileSchema.MONTH))
        .distinct()
        .as(Encoders.LOCALDATE())
        .collectAsList();
  }

  /** Keys that had tiles and have no events any more, whose rows are to be emptied. */
  private Dataset<Row> emptied(Dataset<Row> tiles) {
    return ofNoEvents(
        task.table()
            .all()
            .join(tiles.select(TileSchema.KEY), new String[] {TileSchema.KEY}, "left_anti"));
  }

  /** Of corrected keys and days those that have no events any more. */
  private Dataset<Row> emptied(Dataset<Row> corrected, Dataset<Row> tiles) {
    String[] day = {TileSchema.KEY, TileSchema.DATE};
    return ofNoEvents(
        task.table()
            .all()
            .join(corrected, day, "left_semi")
            .join(tiles.select(TileSchema.KEY, TileSchema.DATE), day, "left_anti"));
  }

  /** Rows that name the keys of other rows, without their events. */
  private Dataset<Row> ofNoEvents(Dataset<Row> tiles) {
    return tiles
        .select(named(TileSchema.KEY), named(TileSchema.TILES))
        .repartition(named(TileSchema.KEY))
        .sortWithinPartitions(named(TileSchema.KEY))
        .mapPartitions(
            new EmptyKeys(RunViews.of(plan), task.view().number()),
            Encoders.row(TileSchema.table()));
  }

  /** A repeated tick serves again what it may have served, and what has come since. */
  private @Nullable Instant servedTick() {
    return plan.rows() == Rows.ALL ? null : task.log().served();
  }

  private ViewResult serve(Dataset<Row> rows, long events, long duplicates) {
    ViewPlan view = task.view();
    LongAccumulator decided = spark.sparkContext().longAccumulator(RunReport.ROWS_SERVED);
    LongAccumulator applied = spark.sparkContext().longAccumulator();
    rows.foreachPartition(
        new ServeRows(RunViews.of(plan), plan.onlineStore(), view.number(), decided, applied));
    return result(events, decided.value(), applied.value(), duplicates);
  }

  private ViewResult result(long events, long rows, long applied, long duplicates) {
    return new ViewResult(task.view().number(), events, rows, applied, duplicates, task.reading());
  }

  private Instant tick() {
    return Instant.ofEpochMilli(plan.asOfMillis());
  }

  private static Dataset<Row> kept(Dataset<Row> rows) {
    return rows.persist(StorageLevel.MEMORY_AND_DISK());
  }
}
