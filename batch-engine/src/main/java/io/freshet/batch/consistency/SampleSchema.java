package io.freshet.batch.consistency;

import static io.freshet.batch.table.SparkColumns.named;
import static org.apache.spark.sql.functions.lit;

import io.freshet.batch.materialize.InputSchema;
import io.freshet.store.StoredRow;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of what is known of sampled keys: the row that is served, and the events. */
final class SampleSchema {
  /** {@link #ROW} or {@link #EVENT}, which come in this order. */
  static final String KIND = "kind";

  /** The event's time; of a row its as-of time. */
  static final String TIME = "time_millis";

  /** The inputs of an event, or the row, packed. */
  static final String CONTENT = "content";

  static final int ROW = 0;
  static final int EVENT = 1;

  static final int VIEW_AT = 0;
  static final int KEY_AT = 1;
  static final int KIND_AT = 2;
  static final int TIME_AT = 3;
  static final int CONTENT_AT = 4;
  static final int ARRIVED_AT_AT = 5;
  static final int PARTITION_AT = 6;
  static final int OFFSET_AT = 7;

  private SampleSchema() {}

  static StructType sample() {
    return new StructType()
        .add(InputSchema.VIEW, DataTypes.IntegerType)
        .add(InputSchema.KEY, DataTypes.BinaryType)
        .add(KIND, DataTypes.IntegerType)
        .add(TIME, DataTypes.LongType)
        .add(CONTENT, DataTypes.BinaryType)
        .add(InputSchema.ARRIVED_AT, DataTypes.TimestampType)
        .add(InputSchema.PARTITION, DataTypes.IntegerType)
        .add(InputSchema.OFFSET, DataTypes.LongType);
  }

  /** A row that is served. */
  static Row row(int view, SampledKey key, StoredRow row) {
    return RowFactory.create(
        view, key.bytes(), ROW, row.version().asOfMillis(), row.row(), null, null, null);
  }

  /**
   * Events that can be used.
   *
   * @param inputs rows of {@link InputSchema#inputs}
   */
  static Dataset<Row> events(Dataset<Row> inputs) {
    return inputs
        .filter(named(InputSchema.INPUTS).isNotNull())
        .select(
            named(InputSchema.VIEW),
            named(InputSchema.KEY),
            lit(EVENT).as(KIND),
            named(InputSchema.TIME).as(TIME),
            named(InputSchema.INPUTS).as(CONTENT),
            named(InputSchema.ARRIVED_AT),
            named(InputSchema.PARTITION),
            named(InputSchema.OFFSET));
  }
}
