package io.freshet.batch.materialize;

import io.freshet.batch.table.SparkColumns;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a view's feature log: one row a key and tick. Keys and features are structs, so
 * that no name of theirs meets another.
 */
public final class LogSchema {
  /** The UTC date of the tick, which partitions the log. */
  public static final String DATE = "as_of_date";

  public static final String AS_OF = "as_of";
  public static final String EPOCH = "epoch";

  /** That of the run that served the row, or {@link #BACKFILLED}. */
  public static final String SEQUENCE = "sequence";

  /** The sequence of rows that no run has served: a backfill has computed them afterwards. */
  public static final long BACKFILLED = 0;

  /** The join keys, by their names. */
  public static final String KEYS = "keys";

  /** The newest event time that the row knows of. */
  public static final String NEWEST_EVENT = "newest_event";

  /** The values, by the features' names. */
  public static final String FEATURES = "features";

  private LogSchema() {}

  public static StructType of(BoundView view) {
    StructType keys = new StructType();
    for (Column key : view.joinKeys()) {
      keys = keys.add(key.name(), SparkColumns.typeOf(key.type()));
    }
    StructType features = new StructType();
    for (FeaturePlan feature : view.features()) {
      features = features.add(feature.name(), SparkColumns.typeOf(feature.resultType()));
    }
    return new StructType()
        .add(DATE, DataTypes.DateType)
        .add(AS_OF, DataTypes.TimestampType)
        .add(EPOCH, DataTypes.LongType)
        .add(SEQUENCE, DataTypes.LongType)
        .add(KEYS, keys)
        .add(NEWEST_EVENT, DataTypes.TimestampType)
        .add(FEATURES, features);
  }
}
