package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.sum;

import io.freshet.batch.archive.ArchiveTables;
import io.freshet.batch.run.RunStage;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult.ViewResult;
import io.freshet.store.ViewProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Computes a run's views as of its tick from the archive, with one scan and one shuffle for all of
 * them, and serves them. Repeated, it ends in the same tables and rows.
 */
public final class Materializer {
  private final SparkSession spark;
  private final BatchRunPlan plan;
  private final ArchiveTables tables;

  private Materializer(SparkSession spark, BatchRunPlan plan, ArchiveTables tables) {
    this.spark = spark;
    this.plan = plan;
    this.tables = tables;
  }

  /**
   * @throws io.freshet.store.OnlineStoreException if the online store is out of reach for a minute
   */
  public static Materialized materialize(
      SparkSession spark, BatchRunPlan plan, ArchiveTables tables) {
    if (plan.views().isEmpty()) {
      return new Materialized(List.of(), 0);
    }
    return new Materializer(spark, plan, tables).run();
  }

  private Materialized run() {
    RunViews run = RunViews.of(plan);
    RunStage.TILES.enter(spark);
    Dataset<Row> tiles =
        new ComputedRows(run)
            .tiles(ArchivedEvents.select(tables.archive().readPinned(), run))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<Integer, Counts> counts = count(tiles);
      long failures = counts.values().stream().mapToLong(Counts::failures).sum();
      long recorded = failures == 0 ? 0 : new FailedEvents(plan, tables.rejected()).record(tiles);
      List<ViewResult> results = new ArrayList<>();
      plan.views()
          .forEach(
              view -> {
                Counts found = counts.getOrDefault(view.number(), Counts.NONE);
                results.add(
                    new ViewRun(spark, plan, view)
                        .materialize(tiles, found.events(), found.duplicates()));
              });
      advance();
      return new Materialized(results, recorded);
    } finally {
      tiles.unpersist();
    }
  }

  private static Map<Integer, Counts> count(Dataset<Row> tiles) {
    Map<Integer, Counts> counts = new HashMap<>();
    tiles
        .groupBy(named(InputSchema.VIEW))
        .agg(
            sum(named(TileSchema.EVENTS)),
            functions.count(named(InputSchema.FAILURE)),
            sum(named(InputSchema.DUPLICATES)))
        .collectAsList()
        .forEach(
            row ->
                counts.put(
                    row.getInt(0), new Counts(row.getLong(1), row.getLong(2), row.getLong(3))));
    return counts;
  }

  private void advance() {
    List<ViewProgress> progress =
        plan.views().stream()
            .map(
                view ->
                    new ViewProgress(
                        view.view().project(), view.number(), view.epoch(), plan.asOfMillis()))
            .toList();
    new PatientWriter(plan.onlineStore()).write(store -> store.advance(progress));
  }

  /** What a view took from the archive. */
  private record Counts(long events, long failures, long duplicates) {
    static final Counts NONE = new Counts(0, 0, 0);
  }
}
