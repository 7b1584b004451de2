package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.freshet.batch.training.TrainingColumns.Wanted;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetResult;
import io.freshet.plan.TrainingSetResult.FeatureStatistics;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a training set has become, counted in what was written. */
final class Statistics {
  private Statistics() {}

  static TrainingSetResult of(TrainingSetPlan plan, Labels labels, Dataset<Row> written) {
    List<Wanted> wanted = TrainingColumns.wanted(plan);
    Column[] present =
        wanted.stream()
            .map(feature -> count(named(feature.column().name())))
            .toArray(Column[]::new);
    Row counted = written.agg(count(lit(1)), present).first();
    long rows = counted.getLong(0);
    List<FeatureStatistics> features = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      long nulls = rows - counted.getLong(1 + i);
      features.add(
          new FeatureStatistics(
              wanted.get(i).name(),
              wanted.get(i).column().name(),
              nulls,
              rows == 0 ? 0 : (double) nulls / rows));
    }
    return new TrainingSetResult(
        plan.runId(), plan.output().path(), rows, labels.withoutTime(), labels.views(), features);
  }
}
