package io.freshet.streaming.aggregation;

import io.freshet.aggregate.ViewAggregator;
import java.nio.ByteBuffer;

/**
 * The packed form of a key's state, version 2, big-endian: version (1 byte), 1 if the key awaits
 * its history and else 0 (1 byte), as-of time and next change (8 bytes each), then the tiles as
 * {@link ViewAggregator#encode} writes them. Version 1, which is still read, has not the second
 * byte: nothing awaited a history.
 */
final class KeyStateCodec {
  private static final byte WITHOUT_HISTORIES = 1;
  private static final byte VERSION = 2;
  private static final int HEADER_BYTES = 2 + Long.BYTES + Long.BYTES;

  private final ViewAggregator aggregator;

  KeyStateCodec(ViewAggregator aggregator) {
    this.aggregator = aggregator;
  }

  /** Whether the key of a packed state awaits its history. */
  static boolean awaits(byte[] packed) {
    return packed[0] == VERSION && packed[1] != 0;
  }

  byte[] pack(KeyState key) {
    byte[] tiles = aggregator.encode(key.tiles);
    return ByteBuffer.allocate(HEADER_BYTES + tiles.length)
        .put(VERSION)
        .put((byte) (key.awaiting ? 1 : 0))
        .putLong(key.asOfMillis)
        .putLong(key.nextChangeMillis)
        .put(tiles)
        .array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are of an unknown version
   */
  KeyState unpack(byte[] packed) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    byte version = in.get();
    if (version != VERSION && version != WITHOUT_HISTORIES) {
      throw new IllegalArgumentException(
          "Cannot read a key's state of version "
              + version
              + ": this release reads versions "
              + WITHOUT_HISTORIES
              + " and "
              + VERSION);
    }
    boolean awaiting = version == VERSION && in.get() != 0;
    long asOf = in.getLong();
    long nextChange = in.getLong();
    byte[] tiles = new byte[in.remaining()];
    in.get(tiles);
    KeyState key = new KeyState(aggregator.decode(tiles), asOf);
    key.nextChangeMillis = nextChange;
    key.awaiting = awaiting;
    return key;
  }
}
