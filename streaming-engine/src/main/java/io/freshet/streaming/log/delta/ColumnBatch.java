package io.freshet.streaming.log.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;

/** Rows by their columns. */
record ColumnBatch(StructType schema, int size, List<ColumnVector> columns)
    implements ColumnarBatch {
  @Override
  public StructType getSchema() {
    return schema;
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public ColumnVector getColumnVector(int ordinal) {
    return columns.get(ordinal);
  }

  /** Kernel drops the partition column so, which is in the file's place and not in the file. */
  @Override
  public ColumnarBatch withDeletedColumnAt(int ordinal) {
    List<StructField> fields = new ArrayList<>(schema.fields());
    fields.remove(ordinal);
    List<ColumnVector> rest = new ArrayList<>(columns);
    rest.remove(ordinal);
    return new ColumnBatch(new StructType(fields), size, rest);
  }
}
