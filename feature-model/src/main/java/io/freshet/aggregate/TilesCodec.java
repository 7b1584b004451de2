package io.freshet.aggregate;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of a key's tiles, version 1, big-endian: version (1 byte), words a tile and
 * objects a tile (2 bytes each), newest event time and number of events (8 each), number of tiles
 * (4), the starts (8 each), the words (8 each), then each object as a 4-byte length (-1 for none)
 * and UTF-8 bytes.
 */
final class TilesCodec {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + 2 + 2 + 8 + 8 + 4;
  private static final int NO_OBJECT = -1;

  private TilesCodec() {}

  static byte[] encode(KeyTiles tiles, int wordsATile, int objectsATile) {
    byte[][] texts = texts(tiles, objectsATile);
    ByteBuffer out = ByteBuffer.allocate(encodedSize(tiles, wordsATile, texts));
    out.put(VERSION).putShort((short) wordsATile).putShort((short) objectsATile);
    out.putLong(tiles.newestEventMillis()).putLong(tiles.events()).putInt(tiles.size());
    for (int tile = 0; tile < tiles.size(); tile++) {
      out.putLong(tiles.startMillis(tile));
    }
    for (int tile = 0; tile < tiles.size(); tile++) {
      for (int slot = 0; slot < wordsATile; slot++) {
        out.putLong(tiles.word(tile, slot));
      }
    }
    for (byte @Nullable [] text : texts) {
      if (text == null) {
        out.putInt(NO_OBJECT);
      } else {
        out.putInt(text.length).put(text);
      }
    }
    return out.array();
  }

  static KeyTiles decode(byte[] bytes, int wordsATile, int objectsATile) {
    try {
      return decode(ByteBuffer.wrap(bytes), wordsATile, objectsATile);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "Cannot read tiles: " + bytes.length + " bytes are not all of them", e);
    }
  }

  private static KeyTiles decode(ByteBuffer in, int wordsATile, int objectsATile) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "Cannot read tiles of version " + version + ": this release reads version " + VERSION);
    }
    int words = in.getShort();
    int objects = in.getShort();
    if (words != wordsATile || objects != objectsATile) {
      throw new IllegalArgumentException(
          "Cannot read tiles of %d words and %d objects: the view's have %d and %d"
              .formatted(words, objects, wordsATile, objectsATile));
    }
    return decodeTiles(in, wordsATile, objectsATile);
  }

  private static KeyTiles decodeTiles(ByteBuffer in, int wordsATile, int objectsATile) {
    KeyTiles tiles = new KeyTiles(wordsATile, objectsATile);
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
      for (int slot = 0; slot < objectsATile; slot++) {
        tiles.object(tile, slot, text(in));
      }
    }
    return tiles;
  }

  private static byte[][] texts(KeyTiles tiles, int objectsATile) {
    byte[][] texts = new byte[tiles.size() * objectsATile][];
    for (int i = 0; i < texts.length; i++) {
      Object object = tiles.object(i / objectsATile, i % objectsATile);
      if (object != null) {
        texts[i] = ((String) object).getBytes(StandardCharsets.UTF_8);
      }
    }
    return texts;
  }

  private static int encodedSize(KeyTiles tiles, int wordsATile, byte[][] texts) {
    int size = HEADER_BYTES + tiles.size() * Long.BYTES * (1 + wordsATile);
    for (byte @Nullable [] text : texts) {
      size += Integer.BYTES + (text == null ? 0 : text.length);
    }
    return size;
  }

  private static @Nullable String text(ByteBuffer in) {
    int length = in.getInt();
    if (length == NO_OBJECT) {
      return null;
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
