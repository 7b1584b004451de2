package io.freshet.handover;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a hand-over run sends to a lane: the history of each key, then that this was all of them. A
 * run that is repeated sends the same again. Binary form, version 1, big-endian: version and kind
 * (1 byte each), the lane (4), and for a key its bytes and its tiles, each with a 4-byte length
 * before, then the number of ids (4) and for each its event time (8) and its UTF-8 bytes with a
 * 4-byte length.
 */
public sealed interface HandOver {
  int lane();

  /**
   * The events of a key before the lane's cut.
   *
   * @param entity the canonical bytes of the entity's join keys; not to be changed
   * @param tiles as the view's aggregator encodes them; without a tile if all windows are empty
   * @param ids those ids of the source's events whose copies may still come; empty unless the
   *     source's events can have copies
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
  record KeyHistory(int lane, byte[] entity, byte[] tiles, List<SeenId> ids) implements HandOver {
    public KeyHistory {
      ids = List.copyOf(ids);
    }
  }

  /** The histories of all keys of the lane have been sent. */
  record AllKeys(int lane) implements HandOver {}

  /** An event that has been counted. */
  record SeenId(long timeMillis, String id) {}

  /** What the hand-over topic takes: a key's history may be many times Kafka's default limit. */
  int MAX_RECORD_BYTES = 64 << 20;

  byte VERSION = 1;
  byte KEY_HISTORY = 0;
  byte ALL_KEYS = 1;

  /** The binary form, which {@link #decode} reads. */
  static byte[] encode(HandOver record) {
    if (record instanceof KeyHistory history) {
      return encode(history);
    }
    return ByteBuffer.allocate(2 + Integer.BYTES)
        .put(VERSION)
        .put(ALL_KEYS)
        .putInt(record.lane())
        .array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are no such record or of an unknown version
   */
  static HandOver decode(byte[] bytes) {
    try {
      return decode(ByteBuffer.wrap(bytes));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException(
          "Cannot read a hand-over record: " + bytes.length + " bytes are not all of it", e);
    }
  }

  private static byte[] encode(KeyHistory history) {
    List<byte[]> ids =
        history.ids().stream().map(id -> id.id().getBytes(StandardCharsets.UTF_8)).toList();
    int idBytes = ids.stream().mapToInt(id -> Long.BYTES + Integer.BYTES + id.length).sum();
    int size = 2 + 4 * Integer.BYTES + history.entity().length + history.tiles().length + idBytes;
    ByteBuffer out = ByteBuffer.allocate(size).put(VERSION).put(KEY_HISTORY);
    out.putInt(history.lane());
    out.putInt(history.entity().length).put(history.entity());
    out.putInt(history.tiles().length).put(history.tiles());
    out.putInt(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      out.putLong(history.ids().get(i).timeMillis());
      out.putInt(ids.get(i).length).put(ids.get(i));
    }
    return out.array();
  }

  private static HandOver decode(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "Cannot read a hand-over record of version "
              + version
              + ": this release reads version "
              + VERSION);
    }
    byte kind = in.get();
    int lane = in.getInt();
    return switch (kind) {
      case KEY_HISTORY -> new KeyHistory(lane, takeBytes(in), takeBytes(in), takeIds(in));
      case ALL_KEYS -> new AllKeys(lane);
      default ->
          throw new IllegalArgumentException(
              "Cannot read a hand-over record of the unknown kind " + kind);
    };
  }

  private static List<SeenId> takeIds(ByteBuffer in) {
    int count = in.getInt();
    List<SeenId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new SeenId(in.getLong(), new String(takeBytes(in), StandardCharsets.UTF_8)));
    }
    return ids;
  }

  private static byte[] takeBytes(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException(
          "Cannot read a hand-over record: it names " + length + " bytes, more than it has");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
