package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.sum;

import io.freshet.batch.archive.ArchiveTables;
import io.freshet.batch.materialize.TakenEvents.Seen;
import io.freshet.batch.table.DeltaState;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult.Reading;
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
 * Computes a run's views as of its tick from the events that are new to them, with one scan for all
 * of them, and serves the rows that changed. A view that has no tiles yet, or whose tiles cannot be
 * carried on, is computed from all events of its windows. Repeated, it ends in the same tables and
 * rows.
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
    DeltaState source = tables.archive().state();
    List<ViewTask> tasks = tasks(source);
    Dataset<Row> tiles = tiles(tasks, source.version()).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<Integer, Counts> counts = count(tiles);
      long failures = counts.values().stream().mapToLong(Counts::failures).sum();
      long recorded = failures == 0 ? 0 : new FailedEvents(plan, tables.rejected()).record(tiles);
      List<ViewResult> results = new ArrayList<>();
      for (ViewTask task : tasks) {
        Counts found = counts.getOrDefault(task.view().number(), Counts.NONE);
        results.add(
            new ViewRun(spark, plan, task, source.version())
                .materialize(tiles, found.events(), found.duplicates()));
      }
      advance();
      return new Materialized(results, recorded);
    } finally {
      tiles.unpersist();
    }
  }

  /** Tiles tell what entered, not what did not: corrected events are read with all others. */
  private List<ViewTask> tasks(DeltaState source) {
    List<ViewTask> tasks =
        plan.views().stream()
            .map(view -> ViewTask.of(spark, plan, view, tables.archive(), source))
            .toList();
    return newEvents(tasks, source.version()).hasCorrections()
        ? tasks.stream()
            .map(task -> task.readsChanges() ? task.inFull(Reading.ALL_FOR_CORRECTIONS) : task)
            .toList()
        : tasks;
  }

  private Dataset<Row> tiles(List<ViewTask> tasks, long through) {
    RunViews run = RunViews.of(plan);
    Dataset<Row> whole = tables.archive().readAt(through);
    return tilesOf(run, tasks.stream().filter(task -> !task.readsChanges()).toList(), whole)
        .unionByName(
            tilesOf(
                run,
                tasks.stream().filter(ViewTask::readsChanges).toList(),
                newEvents(tasks, through).rows()));
  }

  private Dataset<Row> tilesOf(RunViews run, List<ViewTask> tasks, Dataset<Row> rows) {
    List<TakenEvents> taken =
        tasks.stream().map(task -> run.taken(task.view(), task.seen())).toList();
    return tasks.isEmpty()
        ? spark.createDataFrame(List.of(), InputSchema.tiles())
        : new ComputedRows(run).tiles(ArchivedEvents.select(rows, plan.source(), taken), taken);
  }

  private NewEvents newEvents(List<ViewTask> tasks, long through) {
    List<Seen> seen = tasks.stream().filter(ViewTask::readsChanges).map(ViewTask::seen).toList();
    return new NewEvents(tables.archive(), plan.source(), seen, through);
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
