package io.freshet.aggregate;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of a key's tiles, version 1, big-endian: version (1 byte), words a tile and
 * objects a tile (2 bytes each), newest event time and number of events (8 each), number of tiles
 * (4), the starts (8 each), the words (8 each), then each object as a 4-byte length (-1 for none)
 * and the bytes of its form. The layout of a tile is that of one view; immutable.
 */
final class TilesCodec {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + 2 + 2 + 8 + 8 + 4;
  private static final int NO_OBJECT = -1;

  private final int wordsATile;
  private final ObjectForm[] objects;

  TilesCodec(int wordsATile, ObjectForm[] objects) {
    this.wordsATile = wordsATile;
    this.objects = objects.clone();
  }

  KeyTiles empty() {
    return new KeyTiles(wordsATile, objects.length);
  }

  byte[] encode(KeyTiles tiles) {
    byte[][] packed = packedObjects(tiles);
    ByteBuffer out = ByteBuffer.allocate(encodedSize(tiles, packed));
    out.put(VERSION).putShort((short) wordsATile).putShort((short) objects.length);
    out.putLong(tiles.newestEventMillis()).putLong(tiles.events()).putInt(tiles.size());
    for (int tile = 0; tile < tiles.size(); tile++) {
      out.putLong(tiles.startMillis(tile));
    }
    for (int tile = 0; tile < tiles.size(); tile++) {
      for (int slot = 0; slot < wordsATile; slot++) {
        out.putLong(tiles.word(tile, slot));
      }
    }
    for (byte @Nullable [] object : packed) {
      if (object == null) {
        out.putInt(NO_OBJECT);
      } else {
        out.putInt(object.length).put(object);
      }
    }
    return out.array();
  }

  KeyTiles decode(byte[] bytes) {
    try {
      return decode(ByteBuffer.wrap(bytes));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "Cannot read tiles: " + bytes.length + " bytes are not all of them", e);
    }
  }

  private KeyTiles decode(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "Cannot read tiles of version " + version + ": this release reads version " + VERSION);
    }
    int words = in.getShort();
    int objectsATile = in.getShort();
    if (words != wordsATile || objectsATile != objects.length) {
      throw new IllegalArgumentException(
          "Cannot read tiles of %d words and %d objects: the view's have %d and %d"
              .formatted(words, objectsATile, wordsATile, objects.length));
    }
    return decodeTiles(in);
  }

  private KeyTiles decodeTiles(ByteBuffer in) {
    KeyTiles tiles = empty();
    tiles.entered(in.getLong(), in.getLong());
    int size = in.getInt();
    for (int tile = 0; tile < size; tile++) {
      tiles.at(in.getLong());
    }
    for (int tile = 0; tile < size; tile++) {
      for (int slot = 0; slot < wordsATile; slot++) {
        tiles.word(tile, slot, in.getLong());
      }
    }
    for (int tile = 0; tile < size; tile++) {
      for (int slot = 0; slot < objects.length; slot++) {
        tiles.object(tile, slot, unread(in));
      }
    }
    return tiles;
  }

  private byte[][] packedObjects(KeyTiles tiles) {
    byte[][] packed = new byte[tiles.size() * objects.length][];
    for (int i = 0; i < packed.length; i++) {
      int slot = i % objects.length;
      Object object = tiles.object(i / objects.length, slot);
      if (object instanceof byte[] unread) {
        packed[i] = unread;
      } else if (object != null) {
        packed[i] = objects[slot].encode(object);
      }
    }
    return packed;
  }

  private int encodedSize(KeyTiles tiles, byte[][] packed) {
    int size = HEADER_BYTES + tiles.size() * Long.BYTES * (1 + wordsATile);
    for (byte @Nullable [] object : packed) {
      size += Integer.BYTES + (object == null ? 0 : object.length);
    }
    return size;
  }

  private static byte @Nullable [] unread(ByteBuffer in) {
    int length = in.getInt();
    if (length == NO_OBJECT) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
