package io.freshet.streaming.log.delta;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;

/**
 * The columns of a view's feature log, which are those that the batch engine's runs write: both
 * engines log to one table.
 */
final class LogSchema {
  /** The UTC date of the row's as-of time, which partitions the log. */
  static final String DATE = "as_of_date";

  private LogSchema() {}

  static StructType of(BoundView view) {
    return new StructType()
        .add(DATE, DateType.DATE)
        .add("as_of", TimestampType.TIMESTAMP)
        .add("epoch", LongType.LONG)
        .add("sequence", LongType.LONG)
        .add("keys", keys(view))
        .add("newest_event", TimestampType.TIMESTAMP)
        .add("features", features(view));
  }

  static StructType keys(BoundView view) {
    StructType keys = new StructType();
    for (Column key : view.joinKeys()) {
      keys = keys.add(key.name(), typeOf(key.type()));
    }
    return keys;
  }

  static StructType features(BoundView view) {
    StructType features = new StructType();
    for (FeaturePlan feature : view.features()) {
      features = features.add(feature.name(), typeOf(feature.resultType()));
    }
    return features;
  }

  private static DataType typeOf(FeatureType type) {
    return switch (type.shape()) {
      case SCALAR -> typeOf(type.element());
      case LIST -> new ArrayType(typeOf(type.element()), false);
      case COUNTS -> new MapType(StringType.STRING, LongType.LONG, false);
    };
  }

  private static DataType typeOf(ValueType type) {
    return switch (type) {
      case INT64 -> LongType.LONG;
      case FLOAT64 -> DoubleType.DOUBLE;
      case STRING -> StringType.STRING;
      case BOOLEAN -> BooleanType.BOOLEAN;
      case TIMESTAMP -> TimestampType.TIMESTAMP;
    };
  }
}
