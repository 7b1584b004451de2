package io.freshet.batch.table;

import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Freshet's values in Spark's rows: a value of a type has the same Java class in both, given {@code
 * spark.sql.datetime.java8API.enabled}.
 */
public final class SparkColumns {
  private SparkColumns() {}

  public static DataType typeOf(ValueType type) {
    return switch (type) {
      case INT64 -> DataTypes.LongType;
      case FLOAT64 -> DataTypes.DoubleType;
      case STRING -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case TIMESTAMP -> DataTypes.TimestampType;
    };
  }

  public static DataType typeOf(FeatureType type) {
    return switch (type.shape()) {
      case SCALAR -> typeOf(type.element());
      case LIST -> DataTypes.createArrayType(typeOf(type.element()), false);
      case COUNTS -> DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType, false);
    };
  }

  /** A column by its name, whatever characters that has. */
  public static Column named(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}
