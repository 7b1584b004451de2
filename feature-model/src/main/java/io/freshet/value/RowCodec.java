package io.freshet.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packed form of a row: a null bitmap of {@code ceil(columns / 8)} bytes (bit {@code i % 8} of
 * byte {@code i / 8} is set where column {@code i} is null), then the columns that are not null in
 * schema order. Numbers and timestamps (epoch milliseconds) take 8 bytes, big-endian; a boolean one
 * byte; a string a 4-byte length and its UTF-8 bytes. Immutable and thread-safe.
 */
public final class RowCodec {
  private final List<ValueType> types;

  public RowCodec(List<ValueType> types) {
    this.types = List.copyOf(types);
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
        put(out, types.get(i), value);
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
      row[i] = isNull ? null : take(in, types.get(i));
    }
    return row;
  }

  private int encodedSize(@Nullable Object[] row) {
    int size = bitmapBytes();
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      if (value != null) {
        size +=
            switch (types.get(i)) {
              case INT64, FLOAT64, TIMESTAMP -> Long.BYTES;
              case BOOLEAN -> 1;
              case STRING -> Integer.BYTES + utf8Length((String) value);
            };
      }
    }
    return size;
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void put(ByteBuffer out, ValueType type, Object value) {
    switch (type) {
      case INT64 -> out.putLong((Long) value);
      case FLOAT64 -> out.putDouble((Double) value);
      case TIMESTAMP -> out.putLong(((Instant) value).toEpochMilli());
      case BOOLEAN -> out.put((byte) ((Boolean) value ? 1 : 0));
      case STRING -> {
        byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
        out.putInt(utf8.length).put(utf8);
      }
    }
  }

  private static Object take(ByteBuffer in, ValueType type) {
    return switch (type) {
      case INT64 -> in.getLong();
      case FLOAT64 -> in.getDouble();
      case TIMESTAMP -> Instant.ofEpochMilli(in.getLong());
      case BOOLEAN -> in.get() != 0;
      case STRING -> {
        byte[] utf8 = new byte[in.getInt()];
        in.get(utf8);
        yield new String(utf8, StandardCharsets.UTF_8);
      }
    };
  }
}
