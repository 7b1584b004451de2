package io.freshet.batch.materialize;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a view's tile table: one row a key and UTC day, with the tiles of that day. No
 * tile of any hop crosses midnight, so days can be computed and merged apart. All rows are as of
 * the same tick. A key that the newest tick found without events has one row, with no tiles.
 */
final class TileSchema {
  /** The canonical bytes of the join keys. */
  static final String KEY = "key";

  /** The day, which partitions the table. */
  static final String DATE = "tile_date";

  /** {@code KeyTiles} as the view's aggregator encodes them. */
  static final String TILES = "tiles";

  /** The events in the tiles; 0 only for a key without any. */
  static final String EVENTS = "events";

  static final String AS_OF = "as_of";

  private TileSchema() {}

  static StructType table() {
    return new StructType()
        .add(KEY, DataTypes.BinaryType)
        .add(DATE, DataTypes.DateType)
        .add(TILES, DataTypes.BinaryType)
        .add(EVENTS, DataTypes.LongType)
        .add(AS_OF, DataTypes.TimestampType);
  }
}
