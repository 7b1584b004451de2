package io.freshet.batch.training;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens to a key of a group of views in a range of time, packed: an event, a
 * label, or the tiles of all that happened before the range. The content is of an event its time
 * and the inputs of each view, of a label its number, of a state the tiles of each view.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record TimelineEntry(byte[] bytes, Kind kind, int group, int range, int keyLength) {
  private static final int HEADER = 1 + 3 * Integer.BYTES;

  /** What an entry is. */
  enum Kind {
    STATE((byte) 0),
    EVENT((byte) 1),
    LABEL((byte) 2);

    private final byte code;

    Kind(byte code) {
      this.code = code;
    }

    private static Kind of(byte code) {
      return switch (code) {
        case 0 -> STATE;
        case 1 -> EVENT;
        case 2 -> LABEL;
        default -> throw new IllegalArgumentException("no entry is of kind " + code);
      };
    }
  }

  static TimelineEntry of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new TimelineEntry(bytes, Kind.of(in.get()), in.getInt(), in.getInt(), in.getInt());
  }

  static byte[] event(
      int group, int range, byte[] key, long timeMillis, byte[] @Nullable [] inputs) {
    int size = Long.BYTES + Parts.size(inputs);
    ByteBuffer out = header(Kind.EVENT, group, range, key, size).putLong(timeMillis);
    return Parts.put(out, inputs).array();
  }

  static byte[] label(int group, int range, byte[] key, long label) {
    return header(Kind.LABEL, group, range, key, Long.BYTES).putLong(label).array();
  }

  static byte[] state(int group, int range, byte[] key, byte[] @Nullable [] tiles) {
    return Parts.put(header(Kind.STATE, group, range, key, Parts.size(tiles)), tiles).array();
  }

  byte[] key() {
    return Arrays.copyOfRange(bytes, HEADER, HEADER + keyLength);
  }

  boolean isOf(int otherGroup, int otherRange, byte[] key) {
    return group == otherGroup
        && range == otherRange
        && Arrays.equals(bytes, HEADER, HEADER + keyLength, key, 0, key.length);
  }

  /** What follows the key. */
  ByteBuffer content() {
    int at = HEADER + keyLength;
    return ByteBuffer.wrap(bytes, at, bytes.length - at);
  }

  private static ByteBuffer header(Kind kind, int group, int range, byte[] key, int content) {
    return ByteBuffer.allocate(HEADER + key.length + content)
        .put(kind.code)
        .putInt(group)
        .putInt(range)
        .putInt(key.length)
        .put(key);
  }
}
