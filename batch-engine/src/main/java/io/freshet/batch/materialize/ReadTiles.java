package io.freshet.batch.materialize;

import io.freshet.batch.materialize.TakenEvents.Seen;
import io.freshet.batch.source.EventTable;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunResult.Reading;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Makes the tiles of a run: from the events that are new to the views, with one scan for all of
 * them, and from all events where a view must read them.
 */
record ReadTiles(SparkSession spark, BatchRunPlan plan, EventTable events, List<ViewTask> tasks) {
  RunTiles read() {
    if (!newEvents().hasCorrections()) {
      return new RunTiles(tasks, kept(added()), null);
    }
    return plan.source().deduplication() == null ? corrected() : inFull().read();
  }

  /** Whether an event is a copy may hang on one that is gone, of whatever key and day. */
  private ReadTiles inFull() {
    return with(task -> task.readsChanges() ? task.with(Reading.ALL_FOR_CORRECTIONS) : task);
  }

  private RunTiles corrected() {
    List<TakenEvents> gone = taken(ViewTask::readsChanges, task -> task.seen().ofAnyTime());
    Corrections corrections = Corrections.of(tiles(newEvents().gone(), gone));
    List<TakenEvents> again = taken(ViewTask::readsChanges, task -> Seen.NOTHING);
    Dataset<Row> all =
        corrections
            .without(added())
            .unionByName(corrections.only(tiles(corrections.eventsOfDays(whole()), again)));
    ReadTiles noted =
        with(
            task ->
                corrections.concern(task.view().number())
                    ? task.with(Reading.CHANGES_AND_CORRECTIONS)
                    : task);
    return new RunTiles(noted.tasks(), kept(all), corrections);
  }

  private Dataset<Row> added() {
    Dataset<Row> all = tiles(whole(), taken(task -> !task.readsChanges(), ViewTask::seen));
    Dataset<Row> changes = tiles(newEvents().rows(), taken(ViewTask::readsChanges, ViewTask::seen));
    return all.unionByName(changes);
  }

  private Dataset<Row> tiles(Dataset<Row> rows, List<TakenEvents> taken) {
    return taken.isEmpty()
        ? spark.createDataFrame(List.of(), InputSchema.tiles())
        : new ComputedRows(run()).tiles(ArchivedEvents.select(rows, plan.source(), taken), taken);
  }

  private List<TakenEvents> taken(Predicate<ViewTask> which, Function<ViewTask, Seen> seen) {
    return tasks.stream()
        .filter(which)
        .map(task -> run().taken(task.view(), seen.apply(task)))
        .toList();
  }

  private NewEvents newEvents() {
    List<Seen> seen = tasks.stream().filter(ViewTask::readsChanges).map(ViewTask::seen).toList();
    return new NewEvents(events, plan.source(), seen);
  }

  private ReadTiles with(Function<ViewTask, ViewTask> change) {
    return new ReadTiles(spark, plan, events, tasks.stream().map(change).toList());
  }

  private Dataset<Row> whole() {
    return events.rows(events.version());
  }

  private RunViews run() {
    return RunViews.of(plan);
  }

  private static Dataset<Row> kept(Dataset<Row> tiles) {
    return tiles.persist(StorageLevel.MEMORY_AND_DISK());
  }
}
