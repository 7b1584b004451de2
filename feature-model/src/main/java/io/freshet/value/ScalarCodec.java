package io.freshet.value;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The packed form of one value that is not null: numbers and timestamps (epoch milliseconds) take 8
 * bytes, big-endian; a boolean one byte; a string a 4-byte length and its UTF-8 bytes.
 */
public final class ScalarCodec {
  private ScalarCodec() {}

  public static int sizeOf(ValueType type, Object value) {
    return switch (type) {
      case INT64, FLOAT64, TIMESTAMP -> Long.BYTES;
      case BOOLEAN -> 1;
      case STRING -> Integer.BYTES + ((String) value).getBytes(StandardCharsets.UTF_8).length;
    };
  }

  public static void put(ByteBuffer out, ValueType type, Object value) {
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

  public static Object take(ByteBuffer in, ValueType type) {
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
