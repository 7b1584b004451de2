package io.freshet.batch.training;

import io.freshet.batch.table.SparkColumns;
import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.error.Violations;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.plan.TrainingSetPlan.Format;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.ValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows that features are wanted for: join keys, the label's time, and whatever else. */
final class Spine {
  private Spine() {}

  /** What is needed of a column. */
  private record Needed(String name, ValueType type) {}

  /**
   * Reads a spine with the types that are needed.
   *
   * @throws io.freshet.error.InvalidInputException with every column that is missing, of the wrong
   *     type or, in CSV, has values that are not of it
   */
  static Dataset<Row> read(SparkSession spark, TrainingSetPlan plan) {
    TrainingSetPlan.Spine spine = plan.spine();
    Violations faults = new Violations();
    Dataset<Row> rows = rows(spark, plan, faults);
    check(rows.schema(), plan, faults);
    faults.throwIfAny("the spine " + spine.path());
    return rows;
  }

  private static Dataset<Row> rows(SparkSession spark, TrainingSetPlan plan, Violations faults) {
    TrainingSetPlan.Spine spine = plan.spine();
    try {
      return spine.format() == Format.CSV
          ? new CsvSpine(spark, spine, known(plan)).read(faults)
          : spark.read().format(name(spine.format())).load(spine.path());
    } catch (Exception e) {
      if (e instanceof AnalysisException) { // Thrown undeclared.
        throw new FreshetException(
            ErrorCategory.USER,
            "Cannot read the spine at %s as %s: %s"
                .formatted(spine.path(), name(spine.format()), e.getMessage()),
            e);
      }
      throw e;
    }
  }

  /** Spark's name of a format. */
  static String name(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private static void check(StructType schema, TrainingSetPlan plan, Violations faults) {
    needed(plan).forEach(column -> expect(schema, column, faults));
    optional(plan).stream()
        .filter(column -> has(schema, column.name()))
        .forEach(column -> expect(schema, column, faults));
    TrainingColumns.of(plan).stream()
        .map(StructField::name)
        .filter(name -> has(schema, name))
        .forEach(name -> faults.add(name, taken(name)));
  }

  /** The label's time, the join keys, what requests must give, and what was declared. */
  private static Set<Needed> needed(TrainingSetPlan plan) {
    Set<Needed> needed = new LinkedHashSet<>();
    needed.add(new Needed(plan.spine().labelTime(), ValueType.TIMESTAMP));
    plan.sources().stream()
        .flatMap(part -> part.views().stream())
        .map(ViewPlan::view)
        .flatMap(view -> view.joinKeys().stream())
        .forEach(key -> needed.add(new Needed(key.name(), key.type())));
    requests(plan)
        .filter(column -> column.presence() == Column.Presence.REQUIRED)
        .forEach(column -> needed.add(new Needed(column.name(), column.type())));
    plan.spine().columns().forEach((name, type) -> needed.add(new Needed(name, type)));
    return needed;
  }

  /** The types of all columns that have one to keep to; of several the first. */
  private static Map<String, ValueType> known(TrainingSetPlan plan) {
    Map<String, ValueType> known = new LinkedHashMap<>();
    Stream.concat(needed(plan).stream(), optional(plan).stream())
        .forEach(column -> known.putIfAbsent(column.name(), column.type()));
    return known;
  }

  /** What requests may give. */
  private static List<Needed> optional(TrainingSetPlan plan) {
    List<Needed> optional = new ArrayList<>();
    requests(plan)
        .filter(column -> column.presence() == Column.Presence.OPTIONAL)
        .forEach(column -> optional.add(new Needed(column.name(), column.type())));
    return optional;
  }

  private static Stream<Column> requests(TrainingSetPlan plan) {
    return plan.onDemand().stream().flatMap(view -> view.request().stream());
  }

  private static boolean has(StructType schema, String name) {
    return position(schema, name) >= 0;
  }

  private static void expect(StructType schema, Needed column, Violations faults) {
    String name = column.name();
    if (!has(schema, name)) {
      faults.add(
          name,
          "Cannot find column \"%s\" in the spine: it has %s"
              .formatted(name, String.join(", ", schema.fieldNames())));
      return;
    }
    StructField field = schema.apply(name);
    if (!field.dataType().equals(SparkColumns.typeOf(column.type()))) {
      faults.add(
          name,
          "Cannot use column \"%s\" of the spine: its type is %s, it must be %s (%s)"
              .formatted(
                  name,
                  field.dataType().simpleString(),
                  SparkColumns.typeOf(column.type()).simpleString(),
                  column.type().wireName()));
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
