package io.freshet.batch.training;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Byte strings one after the other, each behind its length; some may be absent. */
final class Parts {
  private static final int ABSENT = -1;

  private Parts() {}

  /** How many bytes they take together. */
  static int size(byte[] @Nullable [] parts) {
    int size = parts.length * Integer.BYTES;
    for (byte[] part : parts) {
      size += part == null ? 0 : part.length;
    }
    return size;
  }

  static ByteBuffer put(ByteBuffer out, byte[] @Nullable [] parts) {
    for (byte[] part : parts) {
      if (part == null) {
        out.putInt(ABSENT);
      } else {
        out.putInt(part.length).put(part);
      }
    }
    return out;
  }

  /**
   * The next one, of which only the place is told: the buffer is left behind it.
   *
   * @return null if it is absent
   */
  static @Nullable ByteBuffer take(ByteBuffer in) {
    int length = in.getInt();
    if (length == ABSENT) {
      return null;
    }
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
  }

  /** The bytes of one. */
  static byte[] bytes(ByteBuffer part) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    return bytes;
  }
}
