package io.freshet.streaming.log.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;
import java.util.List;

/** A column of structs, none of them null. */
record StructVector(StructType type, int size, List<ColumnVector> children)
    implements ColumnVector {
  @Override
  public DataType getDataType() {
    return type;
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public void close() {}

  @Override
  public boolean isNullAt(int row) {
    return false;
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    return children.get(ordinal);
  }
}
