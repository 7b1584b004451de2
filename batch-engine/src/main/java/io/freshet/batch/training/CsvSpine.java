package io.freshet.batch.training;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import io.freshet.batch.table.SparkColumns;
import io.freshet.error.Violations;
import io.freshet.plan.TrainingSetPlan;
import io.freshet.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A spine in CSV with a header line. Columns that have a type to keep to are read as text and
 * converted, so that what is no value of the type is a fault and no null; those of others are
 * inferred.
 *
 * @param known the types of columns, by name
 */
record CsvSpine(SparkSession spark, TrainingSetPlan.Spine spine, Map<String, ValueType> known) {
  /** Columns that it lacks are left to the caller; all values are looked at. */
  Dataset<Row> read(Violations faults) {
    StructType inferred = csv().option("inferSchema", true).csv(spine.path()).schema();
    StructType asText = new StructType();
    List<Column> typed = new ArrayList<>();
    for (StructField field : inferred.fields()) {
      boolean converted = known.containsKey(field.name());
      asText = asText.add(field.name(), converted ? DataTypes.StringType : field.dataType());
      typed.add(converted ? typed(field.name()).as(field.name()) : named(field.name()));
    }
    Dataset<Row> texts = csv().schema(asText).option("mode", "FAILFAST").csv(spine.path());
    check(texts, Set.of(asText.fieldNames()), faults);
    return texts.select(typed.toArray(Column[]::new));
  }

  private DataFrameReader csv() {
    return spark.read().option("header", true);
  }

  private void check(Dataset<Row> texts, Set<String> has, Violations faults) {
    List<String> names = known.keySet().stream().filter(has::contains).toList();
    List<Column> counts = new ArrayList<>();
    for (String name : names) {
      Column wrong = named(name).isNotNull().and(typed(name).isNull());
      counts.add(count(when(wrong, 1)));
      counts.add(min(when(wrong, named(name))));
    }
    Row found = texts.agg(count(lit(1)), counts.toArray(Column[]::new)).first();
    for (int i = 0; i < names.size(); i++) {
      long wrong = found.getLong(1 + 2 * i);
      if (wrong > 0) {
        faults.add(names.get(i), wrong(names.get(i), wrong, found.getString(2 + 2 * i)));
      }
    }
  }

  private String wrong(String name, long count, String example) {
    return "Cannot read column \"%s\" of the spine as %s: %d values are none, such as \"%s\""
        .formatted(name, typeOf(name).wireName(), count, example);
  }

  private Column typed(String name) {
    return expr(
        "try_cast(`%s` AS %s)"
            .formatted(name.replace("`", "``"), SparkColumns.typeOf(typeOf(name)).sql()));
  }

  private ValueType typeOf(String name) {
    return known.getOrDefault(name, ValueType.STRING);
  }
}
