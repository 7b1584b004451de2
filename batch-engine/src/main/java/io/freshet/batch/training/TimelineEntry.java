package io.freshet.batch.training;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Something that happens to a view and key in a range of time, packed: an event, a label, or the
 * tiles of all that happened before the range. The content is of an event its time and the packed
 * inputs, of a label its number, of a state the tiles.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record TimelineEntry(byte[] bytes, Kind kind, int view, int range, int keyLength) {
  private static final int HEADER = 1 + 3 * Integer.BYTES;
  private static final Kind[] KINDS = Kind.values();

  /** What an entry is. */
  enum Kind {
    STATE,
    EVENT,
    LABEL
  }

  static TimelineEntry of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new TimelineEntry(bytes, KINDS[in.get()], in.getInt(), in.getInt(), in.getInt());
  }

  static byte[] event(int view, int range, byte[] key, long timeMillis, byte[] inputs) {
    return header(Kind.EVENT, view, range, key, Long.BYTES + inputs.length)
        .putLong(timeMillis)
        .put(inputs)
        .array();
  }

  static byte[] label(int view, int range, byte[] key, long label) {
    return header(Kind.LABEL, view, range, key, Long.BYTES).putLong(label).array();
  }

  static byte[] state(int view, int range, byte[] key, byte[] tiles) {
    return header(Kind.STATE, view, range, key, tiles.length).put(tiles).array();
  }

  byte[] key() {
    return Arrays.copyOfRange(bytes, HEADER, HEADER + keyLength);
  }

  boolean isOf(int otherView, int otherRange, byte[] key) {
    return view == otherView
        && range == otherRange
        && Arrays.equals(bytes, HEADER, HEADER + keyLength, key, 0, key.length);
  }

  /** What follows the key. */
  ByteBuffer content() {
    int at = HEADER + keyLength;
    return ByteBuffer.wrap(bytes, at, bytes.length - at);
  }

  private static ByteBuffer header(Kind kind, int view, int range, byte[] key, int content) {
    return ByteBuffer.allocate(HEADER + key.length + content)
        .put((byte) kind.ordinal())
        .putInt(view)
        .putInt(range)
        .putInt(key.length)
        .put(key);
  }
}
