package io.freshet.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * Where a tile keeps one object. One that was read from bytes stays bytes until it is needed, for
 * most tiles of a key are only passed through.
 */
record ObjectSlot<T>(int object, Class<T> type, ObjectForm form) {
  @Nullable T read(KeyTiles tiles, int tile) {
    Object kept = tiles.object(tile, object);
    if (kept instanceof byte[] bytes) {
      kept = form.decode(bytes);
      tiles.object(tile, object, kept);
    }
    return type.cast(kept);
  }

  /** The bytes, where the object still is as it was read; else null. */
  byte @Nullable [] unread(KeyTiles tiles, int tile) {
    return tiles.object(tile, object) instanceof byte[] bytes ? bytes : null;
  }

  void write(KeyTiles tiles, int tile, T value) {
    tiles.object(tile, object, value);
  }
}
