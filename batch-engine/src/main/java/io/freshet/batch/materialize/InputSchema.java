package io.freshet.batch.materialize;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns on the way from events to tiles, of all views of a run in one data set. */
public final class InputSchema {
  public static final String VIEW = "view";

  /** The entity key; for an event that the view could not use, bytes that spread such events. */
  public static final String KEY = "key";

  public static final String TIME = "time_millis";
  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";

  /**
   * The view's inputs as a packed row; null for an event that the view could not use, or that only
   * tells whether others are copies of it.
   */
  public static final String INPUTS = "inputs";

  public static final String ARRIVED_AT = "arrived_at";

  /** What copies of the event have in common; null if it can have none. */
  public static final String ID = "id";

  /** How many dropped copies the row stands for; then it is no event. */
  public static final String DUPLICATES = "duplicates";

  /** Why the view could not use the event; null if it could. */
  public static final String FAILURE = "failure";

  public static final int VIEW_AT = 0;
  public static final int KEY_AT = 1;
  public static final int TIME_AT = 2;
  public static final int PARTITION_AT = 3;
  public static final int OFFSET_AT = 4;
  public static final int INPUTS_AT = 5;
  public static final int ARRIVED_AT_AT = 6;
  public static final int FAILURE_AT = 7;
  public static final int ID_AT = 8;
  public static final int DUPLICATES_AT = 9;

  private InputSchema() {}

  /** What a view takes from an event. */
  public static StructType inputs() {
    return new StructType()
        .add(VIEW, DataTypes.IntegerType)
        .add(KEY, DataTypes.BinaryType)
        .add(TIME, DataTypes.LongType)
        .add(PARTITION, DataTypes.IntegerType)
        .add(OFFSET, DataTypes.LongType)
        .add(INPUTS, DataTypes.BinaryType)
        .add(ARRIVED_AT, DataTypes.TimestampType)
        .add(FAILURE, DataTypes.StringType)
        .add(ID, DataTypes.StringType)
        .add(DUPLICATES, DataTypes.LongType);
  }

  /** The tiles of a view, key and day; or an event that it could not use, or dropped copies. */
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
        .add(FAILURE, DataTypes.StringType)
        .add(DUPLICATES, DataTypes.LongType);
  }
}
