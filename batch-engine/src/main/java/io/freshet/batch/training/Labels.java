package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.freshet.batch.table.SparkColumns;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetResult.ViewStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The labels of a training set, numbered: rows of a number and a row of the spine. A column of the
 * spine so meets no name of Freshet's.
 *
 * @param rows those that have a time
 * @param columns of the spine
 * @param firstMillis the time of the first; meaningless if there are none
 * @param lastMillis that of the last
 * @param withoutTime how many are left out, because they have no time
 * @param views how each view is asked
 */
record Labels(
    Dataset<Row> rows,
    StructType columns,
    long count,
    long firstMillis,
    long lastMillis,
    long withoutTime,
    List<ViewStatistics> views) {
  static final int NUMBER_AT = 0;
  static final int SPINE_AT = 1;

  Labels {
    views = List.copyOf(views);
  }

  /** Numbers the rows of a spine, which can be read again for the same. */
  static Dataset<Row> numbered(Dataset<Row> spine) {
    Column[] columns =
        Stream.of(spine.schema().fieldNames()).map(SparkColumns::named).toArray(Column[]::new);
    return spine.select(
        monotonically_increasing_id().as(TimelineSchema.LABEL),
        struct(columns).as(TimelineSchema.SPINE));
  }

  /**
   * Looks at all of them once.
   *
   * @param numbered by {@link #numbered}
   */
  static Labels of(Dataset<Row> numbered, StructType columns, TrainingSetPlan plan) {
    Column time = ofSpine(plan.spine().labelTime());
    List<AskedView> views = AskedSource.views(plan).stream().flatMap(List::stream).toList();
    List<Column> wanted = new ArrayList<>(List.of(functions.count(time), min(time), max(time)));
    views.forEach(
        view -> wanted.add(functions.count(when(isWithoutKey(view).and(time.isNotNull()), 1))));
    Row found = numbered.agg(functions.count(lit(1)), wanted.toArray(Column[]::new)).first();
    long timed = found.getLong(1);
    List<ViewStatistics> statistics = new ArrayList<>();
    for (int i = 0; i < views.size(); i++) {
      statistics.add(new ViewStatistics(views.get(i).view().name(), found.getLong(4 + i)));
    }
    return new Labels(
        numbered.filter(time.isNotNull()),
        columns,
        timed,
        timed == 0 ? 0 : found.<Instant>getAs(2).toEpochMilli(),
        timed == 0 ? 0 : found.<Instant>getAs(3).toEpochMilli(),
        found.getLong(0) - timed,
        statistics);
  }

  private static Column isWithoutKey(AskedView view) {
    return view.view().joinKeys().stream()
        .map(key -> ofSpine(key.name()).isNull())
        .reduce(Column::or)
        .orElse(lit(false));
  }

  private static Column ofSpine(String column) {
    return named(TimelineSchema.SPINE).getField(column);
  }
}
