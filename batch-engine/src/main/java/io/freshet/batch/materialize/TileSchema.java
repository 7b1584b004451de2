package io.freshet.batch.materialize;

import static io.freshet.batch.table.SparkColumns.named;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a view's tile table: a row has the tiles of one key and UTC day, of the events
 * that one commit added. No tile of any hop crosses midnight, so days can be computed and merged
 * apart; rows of one key and day are merged when they are read.
 */
final class TileSchema {
  /** The canonical bytes of the join keys. */
  static final String KEY = "key";

  /** The first day of the day's month, which partitions the table. */
  static final String MONTH = "tile_month";

  /** The day. */
  static final String DATE = "tile_date";

  /** {@code KeyTiles} as the view's aggregator encodes them. */
  static final String TILES = "tiles";

  /** The events in the tiles. */
  static final String EVENTS = "events";

  /** The tick that added them; of merged rows the newest one. */
  static final String AS_OF = "as_of";

  private TileSchema() {}

  static StructType table() {
    return new StructType()
        .add(MONTH, DataTypes.DateType)
        .add(KEY, DataTypes.BinaryType)
        .add(DATE, DataTypes.DateType)
        .add(TILES, DataTypes.BinaryType)
        .add(EVENTS, DataTypes.LongType)
        .add(AS_OF, DataTypes.TimestampType);
  }

  /** Makes rows of the table of rows that have a key, a day, tiles and their events. */
  static Column[] columns(Instant asOf) {
    return new Column[] {
      functions.trunc(named(DATE), "month").as(MONTH),
      named(KEY),
      named(DATE),
      named(TILES),
      named(EVENTS),
      functions.lit(asOf).as(AS_OF)
    };
  }

  static LocalDate monthOf(LocalDate day) {
    return day.withDayOfMonth(1);
  }
}
