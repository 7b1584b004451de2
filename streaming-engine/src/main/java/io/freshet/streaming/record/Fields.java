package io.freshet.streaming.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The binary forms of the fields of records, any of which may be null. */
public final class Fields {
  private static final int NO_BYTES = -1;
  private static final byte NULL = 0;
  private static final byte INT64 = 1;
  private static final byte FLOAT64 = 2;
  private static final byte STRING = 3;
  private static final byte BOOLEAN = 4;
  private static final byte TIMESTAMP = 5;

  private Fields() {}

  /** A 4-byte length, -1 for null, and the bytes. */
  public static void putBytes(DataOutputView out, byte @Nullable [] bytes) throws IOException {
    if (bytes == null) {
      out.writeInt(NO_BYTES);
    } else {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  public static byte @Nullable [] takeBytes(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length == NO_BYTES) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /** Bytes that were not null when they were written. */
  public static byte[] takeRequiredBytes(DataInputView in) throws IOException {
    byte[] bytes = takeBytes(in);
    if (bytes == null) {
      throw new IOException("Cannot read a record: a field that it must have is null");
    }
    return bytes;
  }

  public static void putText(DataOutputView out, @Nullable String text) throws IOException {
    putBytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  public static @Nullable String takeText(DataInputView in) throws IOException {
    byte[] utf8 = takeBytes(in);
    return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
  }

  public static String takeRequiredText(DataInputView in) throws IOException {
    return new String(takeRequiredBytes(in), StandardCharsets.UTF_8);
  }

  /** A 4-byte count, then each value as a tag of its type and its bytes. */
  public static void putValues(DataOutputView out, @Nullable Object[] values) throws IOException {
    out.writeInt(values.length);
    for (Object value : values) {
      putValue(out, value);
    }
  }

  public static @Nullable Object[] takeValues(DataInputView in) throws IOException {
    @Nullable Object[] values = new @Nullable Object[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = takeValue(in);
    }
    return values;
  }

  private static void putValue(DataOutputView out, @Nullable Object value) throws IOException {
    if (value == null) {
      out.writeByte(NULL);
    } else if (value instanceof Long number) {
      out.writeByte(INT64);
      out.writeLong(number);
    } else if (value instanceof Double number) {
      out.writeByte(FLOAT64);
      out.writeDouble(number);
    } else if (value instanceof String text) {
      out.writeByte(STRING);
      putText(out, text);
    } else if (value instanceof Boolean truth) {
      out.writeByte(BOOLEAN);
      out.writeBoolean(truth);
    } else if (value instanceof Instant instant) {
      out.writeByte(TIMESTAMP);
      out.writeLong(instant.toEpochMilli());
    } else {
      throw new IOException("Cannot write a value of " + value.getClass() + ": no value type");
    }
  }

  private static @Nullable Object takeValue(DataInputView in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case NULL -> null;
      case INT64 -> in.readLong();
      case FLOAT64 -> in.readDouble();
      case STRING -> takeRequiredText(in);
      case BOOLEAN -> in.readBoolean();
      case TIMESTAMP -> Instant.ofEpochMilli(in.readLong());
      default -> throw new IOException("Cannot read a value: unknown tag " + tag);
    };
  }
}
