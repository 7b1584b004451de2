package io.freshet.value;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packed form of a row: a null bitmap of {@code ceil(columns / 8)} bytes (bit {@code i % 8} of
 * byte {@code i / 8} is set where column {@code i} is null), then the columns that are not null in
 * schema order. Numbers and timestamps (epoch milliseconds) take 8 bytes, big-endian; a boolean one
 * byte; a string a 4-byte length and its UTF-8 bytes; a list or a map a 4-byte size and its
 * elements. Immutable and thread-safe.
 */
public final class RowCodec {
  private final List<FeatureType> types;

  public RowCodec(List<FeatureType> types) {
    this.types = List.copyOf(types);
  }

  /** For rows of scalars. */
  public static RowCodec ofScalars(List<ValueType> types) {
    return new RowCodec(types.stream().map(FeatureType::scalar).toList());
  }

  public int bitmapBytes() {
    return (types.size() + 7) / 8;
  }

  /**
   * @param row one value a column, of its type's Java class, or null
   * @throws IllegalArgumentException if the row's length is not the schema's
   */
  public byte[] encode(@Nullable Object[] row) {
    if (row.length != types.size()) {
      throw new IllegalArgumentException(
          "Cannot pack a row of " + row.length + " values: the schema has " + types.size());
    }
    ByteBuffer out = ByteBuffer.allocate(encodedSize(row));
    int bitmapStart = out.position();
    out.position(bitmapStart + bitmapBytes());
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      if (value == null) {
        int at = bitmapStart + i / 8;
        out.put(at, (byte) (out.get(at) | 1 << (i % 8)));
      } else {
        FeatureCodec.put(out, types.get(i), value);
      }
    }
    return out.array();
  }

  /** Reads a row at the buffer's position and leaves the position after it. */
  public @Nullable Object[] decode(ByteBuffer in) {
    byte[] bitmap = new byte[bitmapBytes()];
    in.get(bitmap);
    @Nullable Object[] row = new @Nullable Object[types.size()];
    for (int i = 0; i < row.length; i++) {
      boolean isNull = (bitmap[i / 8] & 1 << (i % 8)) != 0;
      row[i] = isNull ? null : FeatureCodec.take(in, types.get(i));
    }
    return row;
  }

  private int encodedSize(@Nullable Object[] row) {
    int size = bitmapBytes();
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      if (value != null) {
        size += FeatureCodec.sizeOf(types.get(i), value);
      }
    }
    return size;
  }
}
