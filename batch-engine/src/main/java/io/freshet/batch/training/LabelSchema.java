package io.freshet.batch.training;

import io.freshet.batch.materialize.InputSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns on the way from labels to their features. */
final class LabelSchema {
  /** The number of a label in the spine, given when it is read; null for an event. */
  static final String LABEL = "label";

  /** The features of one view, packed in its order. */
  static final String FEATURES = "features";

  static final int LABEL_AT = InputSchema.inputs().size();

  private LabelSchema() {}

  /** What a view takes from an event, or a label of the view with its key and time. */
  static StructType timeline() {
    return InputSchema.inputs().add(LABEL, DataTypes.LongType);
  }

  /** What a view's features are for a label. */
  static StructType values() {
    return new StructType()
        .add(LABEL, DataTypes.LongType)
        .add(InputSchema.VIEW, DataTypes.IntegerType)
        .add(FEATURES, DataTypes.BinaryType);
  }
}
