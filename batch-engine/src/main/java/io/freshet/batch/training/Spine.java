package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.freshet.batch.table.SparkColumns;
import io.freshet.error.Violations;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows that features are wanted for: join keys, the label's time, and whatever else. */
final class Spine {
  private Spine() {}

  /**
   * The rows with a number each, {@link LabelSchema#LABEL}, as the last column.
   *
   * @throws io.freshet.error.InvalidInputException with every column that is missing or of the
   *     wrong type
   */
  static Dataset<Row> numbered(SparkSession spark, TrainingSetPlan plan) {
    Dataset<Row> rows =
        spark.read().format(plan.spineFormat().name().toLowerCase(Locale.ROOT)).load(plan.spine());
    check(rows.schema(), plan);
    return rows.filter(named(plan.labelTime()).isNotNull())
        .withColumn(LabelSchema.LABEL, monotonically_increasing_id());
  }

  private static void check(StructType schema, TrainingSetPlan plan) {
    Violations faults = new Violations();
    expect(schema, plan.labelTime(), ValueType.TIMESTAMP, faults);
    plan.sources().stream()
        .flatMap(part -> part.views().stream())
        .map(ViewPlan::view)
        .flatMap(view -> view.joinKeys().stream())
        .distinct()
        .forEach(key -> expect(schema, key.name(), key.type(), faults));
    plan.onDemand().stream()
        .flatMap(view -> view.request().stream())
        .filter(
            column -> column.presence() == Column.Presence.REQUIRED || has(schema, column.name()))
        .distinct()
        .forEach(column -> expect(schema, column.name(), column.type(), faults));
    TrainingColumns.of(plan).stream()
        .map(StructField::name)
        .filter(name -> has(schema, name))
        .forEach(name -> faults.add(name, taken(name)));
    faults.throwIfAny("the spine " + plan.spine());
  }

  private static boolean has(StructType schema, String name) {
    return List.of(schema.fieldNames()).contains(name);
  }

  private static void expect(StructType schema, String name, ValueType type, Violations faults) {
    if (!has(schema, name)) {
      faults.add(
          name,
          "Cannot find column \"%s\" in the spine: it has %s"
              .formatted(name, String.join(", ", schema.fieldNames())));
      return;
    }
    StructField field = schema.apply(name);
    if (!field.dataType().equals(SparkColumns.typeOf(type))) {
      faults.add(
          name,
          "Cannot use column \"%s\" of the spine: its type is %s, it must be %s (%s)"
              .formatted(
                  name,
                  field.dataType().simpleString(),
                  SparkColumns.typeOf(type).simpleString(),
                  type.wireName()));
    }
  }

  private static String taken(String name) {
    return "Cannot put feature \"%s\" beside the spine: it has such a column, rename it"
        .formatted(name);
  }

  /** The positions of columns in a row, -1 where it has none. */
  static int[] positions(StructType schema, List<Column> columns) {
    return columns.stream().mapToInt(column -> position(schema, column.name())).toArray();
  }

  /** The position of a column, or -1. */
  static int position(StructType schema, String name) {
    return Arrays.asList(schema.fieldNames()).indexOf(name);
  }
}
