package io.freshet.batch.source;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.unix_millis;

import io.freshet.batch.table.SparkColumns;
import io.freshet.error.Violations;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TablePlan;
import io.freshet.value.Column.Presence;
import io.freshet.value.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a source in the table that has its events. A column may be of a narrower type than
 * the source's if every value of it has an exact counterpart; one that is optional may be absent,
 * and is null then. Times are cut to milliseconds, but for the event time: what reads by it lets
 * files be skipped, and cuts it itself.
 */
record TableColumns(SourcePlan source, TablePlan table, StructType schema) {
  /**
   * The source's columns by their names, of rows of the table.
   *
   * @throws io.freshet.error.InvalidInputException with every column that is missing or of another
   *     type
   */
  List<Column> bound() {
    Violations faults = new Violations();
    List<Column> bound = new ArrayList<>();
    for (io.freshet.value.Column column : source.columns()) {
      Optional<DataType> type = typeAt(column.path());
      check(column, type, faults);
      bound.add(
          type.map(found -> converted(column))
              .orElseGet(() -> lit(null).cast(SparkColumns.typeOf(column.type())))
              .as(column.name()));
    }
    faults.throwIfAny("%s as source %s".formatted(table, source.name()));
    return bound;
  }

  private void check(io.freshet.value.Column column, Optional<DataType> type, Violations faults) {
    if (type.isEmpty() && column.presence() == Presence.REQUIRED) {
      faults.add(
          column.name(),
          "Cannot find column \"%s\": the table has %s"
              .formatted(column.path(), String.join(", ", schema.fieldNames())));
    } else if (type.isPresent() && !readable(column.type()).contains(type.get())) {
      faults.add(
          column.name(),
          "Cannot read column \"%s\" as %s: its type is %s, it must be %s"
              .formatted(
                  column.path(),
                  column.type().wireName(),
                  type.get().simpleString(),
                  readable(column.type()).stream()
                      .map(DataType::simpleString)
                      .collect(Collectors.joining(" or "))));
    }
  }

  private Optional<DataType> typeAt(String path) {
    DataType type = schema;
    for (String name : path.split("\\.", -1)) {
      if (!(type instanceof StructType struct) || !List.of(struct.fieldNames()).contains(name)) {
        return Optional.empty();
      }
      type = struct.apply(name).dataType();
    }
    return Optional.of(type);
  }

  private Column converted(io.freshet.value.Column column) {
    String[] names = column.path().split("\\.", -1);
    Column value = named(names[0]);
    for (int i = 1; i < names.length; i++) {
      value = value.getField(names[i]);
    }
    return switch (column.type()) {
      case INT64, FLOAT64 -> value.cast(SparkColumns.typeOf(column.type()));
      case STRING, BOOLEAN -> value;
      case TIMESTAMP ->
          column.name().equals(source.eventTime()) ? value : timestamp_millis(unix_millis(value));
    };
  }

  private static List<DataType> readable(ValueType type) {
    return switch (type) {
      case INT64 ->
          List.of(
              DataTypes.LongType, DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType);
      case FLOAT64 ->
          List.of(
              DataTypes.DoubleType,
              DataTypes.FloatType,
              DataTypes.IntegerType,
              DataTypes.ShortType,
              DataTypes.ByteType);
      case STRING -> List.of(DataTypes.StringType);
      case BOOLEAN -> List.of(DataTypes.BooleanType);
      case TIMESTAMP -> List.of(DataTypes.TimestampType);
    };
  }
}
