package io.freshet.streaming.log.delta;

import static java.util.Objects.requireNonNull;

import io.delta.kernel.data.ArrayValue;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Freshet's values as a column of Delta Kernel; a date is an {@code Integer}, days since 1970. */
final class ValueVector implements ColumnVector {
  private final DataType type;
  private final @Nullable Object[] values;

  /**
   * @param values the column's, not to be changed
   */
  ValueVector(DataType type, @Nullable Object[] values) {
    this.type = type;
    this.values = values;
  }

  @Override
  public DataType getDataType() {
    return type;
  }

  @Override
  public int getSize() {
    return values.length;
  }

  @Override
  public void close() {}

  @Override
  public boolean isNullAt(int row) {
    return values[row] == null;
  }

  @Override
  public boolean getBoolean(int row) {
    return (Boolean) at(row);
  }

  @Override
  public int getInt(int row) {
    return (Integer) at(row);
  }

  /** A timestamp is in microseconds. */
  @Override
  public long getLong(int row) {
    return at(row) instanceof Instant time
        ? TimeUnit.MILLISECONDS.toMicros(time.toEpochMilli())
        : (Long) at(row);
  }

  @Override
  public double getDouble(int row) {
    return (Double) at(row);
  }

  @Override
  public String getString(int row) {
    return (String) at(row);
  }

  @Override
  public ArrayValue getArray(int row) {
    List<?> list = (List<?>) at(row);
    return new Elements(new ValueVector(((ArrayType) type).getElementType(), list.toArray()));
  }

  @Override
  public MapValue getMap(int row) {
    Map<?, ?> map = (Map<?, ?>) at(row);
    MapType types = (MapType) type;
    return new Entries(
        new ValueVector(types.getKeyType(), map.keySet().toArray()),
        new ValueVector(types.getValueType(), map.values().toArray()));
  }

  @Override
  public String toString() {
    return type + " " + Arrays.toString(values);
  }

  private Object at(int row) {
    return requireNonNull(values[row], "asked for although it is null");
  }

  private record Elements(ColumnVector elements) implements ArrayValue {
    @Override
    public int getSize() {
      return elements.getSize();
    }

    @Override
    public ColumnVector getElements() {
      return elements;
    }
  }

  private record Entries(ColumnVector keys, ColumnVector values) implements MapValue {
    @Override
    public int getSize() {
      return keys.getSize();
    }

    @Override
    public ColumnVector getKeys() {
      return keys;
    }

    @Override
    public ColumnVector getValues() {
      return values;
    }
  }
}
