package io.freshet.batch.materialize;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns on the way from events to tiles, of all views of a run in one data set. */
final class InputSchema {
  static final String VIEW = "view";

  /** The entity key; for an event that the view could not use, bytes that spread such events. */
  static final String KEY = "key";

  static final String TIME = "time_millis";
  static final String PARTITION = "partition";
  static final String OFFSET = "offset";

  /** The view's inputs as a packed row; null for an event that the view could not use. */
  static final String INPUTS = "inputs";

  static final String ARRIVED_AT = "arrived_at";

  /** Why the view could not use the event; null if it could. */
  static final String FAILURE = "failure";

  private InputSchema() {}

  /** What a view takes from an event. */
  static StructType inputs() {
    return new StructType()
        .add(VIEW, DataTypes.IntegerType)
        .add(KEY, DataTypes.BinaryType)
        .add(TIME, DataTypes.LongType)
        .add(PARTITION, DataTypes.IntegerType)
        .add(OFFSET, DataTypes.LongType)
        .add(INPUTS, DataTypes.BinaryType)
        .add(ARRIVED_AT, DataTypes.TimestampType)
        .add(FAILURE, DataTypes.StringType);
  }

  /** The tiles of a view, key and day; or an event that the view could not use. */
  static StructType tiles() {
    return new StructType()
        .add(VIEW, DataTypes.IntegerType)
        .add(TileSchema.KEY, DataTypes.BinaryType)
        .add(TileSchema.DATE, DataTypes.DateType)
        .add(TileSchema.TILES, DataTypes.BinaryType)
        .add(TileSchema.EVENTS, DataTypes.LongType)
        .add(PARTITION, DataTypes.IntegerType)
        .add(OFFSET, DataTypes.LongType)
        .add(ARRIVED_AT, DataTypes.TimestampType)
        .add(FAILURE, DataTypes.StringType);
  }
}
