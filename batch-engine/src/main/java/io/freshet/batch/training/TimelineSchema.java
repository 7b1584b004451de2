package io.freshet.batch.training;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns on the way from events and labels to answers. A number to shuffle by, one to sort by,
 * and one packed value: rows that are wider cost more to sort than the sweep does.
 */
final class TimelineSchema {
  /** Where a key's entries meet; other keys may meet there too. */
  static final String SLOT = "slot";

  /** What entries are sorted by: a {@link TimelineOrder}. */
  static final String ORDER = "order";

  /** A {@link TimelineEntry}. */
  static final String ENTRY = "entry";

  /** The number of a label in the spine. */
  static final String LABEL = "label";

  /** The index of a group of views in the training set, or {@link #SPINE_ROW}. */
  static final String GROUP = "group";

  /** {@link Parts} of the group's views: the features of each, packed in its order. */
  static final String FEATURES = "features";

  /** A row of the spine, as a struct. */
  static final String SPINE = "spine";

  static final int SLOT_AT = 0;
  static final int ORDER_AT = 1;
  static final int ENTRY_AT = 2;

  /** In the place of a group: the label itself. */
  static final int SPINE_ROW = -1;

  private TimelineSchema() {}

  static StructType timeline() {
    return new StructType()
        .add(SLOT, DataTypes.LongType)
        .add(ORDER, DataTypes.LongType)
        .add(ENTRY, DataTypes.BinaryType);
  }

  static StructType answers() {
    return new StructType()
        .add(LABEL, DataTypes.LongType)
        .add(GROUP, DataTypes.IntegerType)
        .add(FEATURES, DataTypes.BinaryType);
  }

  static Row row(long slot, long order, byte[] entry) {
    return RowFactory.create(slot, order, entry);
  }
}
