package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.sum;

import io.freshet.batch.run.RunStage;
import io.freshet.batch.source.EventTable;
import io.freshet.batch.table.DeltaFolder;
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

/**
 * Computes a run's views as of its tick from the events that are new to them, with one scan for all
 * of them, and serves the rows that changed. A view that has no tiles yet, or whose tiles cannot be
 * carried on, is computed from all events of its windows. Repeated, it ends in the same tables and
 * rows.
 */
public final class Materializer {
  private final SparkSession spark;
  private final BatchRunPlan plan;
  private final EventTable events;
  private final DeltaFolder rejected;

  private Materializer(
      SparkSession spark, BatchRunPlan plan, EventTable events, DeltaFolder rejected) {
    this.spark = spark;
    this.plan = plan;
    this.events = events;
    this.rejected = rejected;
  }

  /**
   * @param rejected where events are recorded that an expression fails on
   * @throws io.freshet.store.OnlineStoreException if the online store is out of reach for a minute
   */
  public static Materialized materialize(
      SparkSession spark, BatchRunPlan plan, EventTable events, DeltaFolder rejected) {
    if (plan.views().isEmpty()) {
      return new Materialized(List.of(), 0);
    }
    return new Materializer(spark, plan, events, rejected).run();
  }

  private Materialized run() {
    RunStage.TILES.enter(spark);
    try (RunTiles run = RunTiles.of(spark, plan, events)) {
      Map<Integer, Counts> counts = count(run.tiles());
      long failures = counts.values().stream().mapToLong(Counts::failures).sum();
      long recorded = failures == 0 ? 0 : new FailedEvents(plan, rejected).record(run.tiles());
      List<ViewResult> results = new ArrayList<>();
      for (ViewTask task : run.tasks()) {
        Counts found = counts.getOrDefault(task.view().number(), Counts.NONE);
        results.add(
            new ViewRun(spark, plan, task, events.version())
                .materialize(run, found.events(), found.duplicates()));
      }
      advance();
      return new Materialized(results, recorded);
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

  /** What a view took from the events. */
  private record Counts(long events, long failures, long duplicates) {
    static final Counts NONE = new Counts(0, 0, 0);
  }
}
