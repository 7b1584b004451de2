package io.freshet.batch.materialize;

import io.freshet.batch.source.EventTable;
import io.freshet.plan.BatchRunPlan;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The tiles that a run adds to its views, or puts in place of others.
 *
 * @param tiles rows of {@link InputSchema#tiles}, kept until this is closed
 * @param corrections null if no event was changed or taken away
 */
record RunTiles(List<ViewTask> tasks, Dataset<Row> tiles, @Nullable Corrections corrections)
    implements AutoCloseable {
  RunTiles {
    tasks = List.copyOf(tasks);
  }

  static RunTiles of(SparkSession spark, BatchRunPlan plan, EventTable events) {
    List<ViewTask> tasks =
        plan.views().stream().map(view -> ViewTask.of(spark, plan, view, events)).toList();
    return new ReadTiles(spark, plan, events, tasks).read();
  }

  @Override
  public void close() {
    tiles.unpersist();
    if (corrections != null) {
      corrections.touched().unpersist();
    }
  }
}
