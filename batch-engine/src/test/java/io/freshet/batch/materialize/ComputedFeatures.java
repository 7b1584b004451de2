package io.freshet.batch.materialize;

import io.freshet.batch.table.SparkValues;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.ViewPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** The features that a run computes, without tables and an online store around it. */
public final class ComputedFeatures {
  private ComputedFeatures() {}

  /**
   * @param archive rows of the archive
   * @return for each view of the plan the features' values by the value of its one join key
   */
  public static List<Map<String, @Nullable Object[]>> of(BatchRunPlan plan, Dataset<Row> archive) {
    RunViews run = RunViews.of(plan);
    ComputedRows computed = new ComputedRows(run);
    Dataset<Row> tiles =
        computed.tiles(ArchivedEvents.select(archive, run)).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return plan.views().stream().map(view -> features(computed, view, tiles)).toList();
    } finally {
      tiles.unpersist();
    }
  }

  private static Map<String, @Nullable Object[]> features(
      ComputedRows computed, ViewPlan view, Dataset<Row> tiles) {
    Map<String, @Nullable Object[]> features = new HashMap<>();
    for (Row row : computed.rows(view, computed.tilesOf(view, tiles)).collectAsList()) {
      Row keys = row.getAs(LogSchema.KEYS);
      features.put(keys.getString(0), values(row.getAs(LogSchema.FEATURES)));
    }
    return features;
  }

  private static @Nullable Object[] values(Row features) {
    @Nullable Object[] values = new @Nullable Object[features.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = SparkValues.fromSpark(features.get(i));
    }
    return values;
  }
}
