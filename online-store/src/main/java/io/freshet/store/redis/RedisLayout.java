package io.freshet.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.store.EntityRef;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.store.ViewProgress;
import java.nio.ByteBuffer;

/**
 * Where things are in Redis, byte for byte. All integers are big-endian.
 *
 * <ul>
 *   <li>Rows: hash {@code f:{project}:{entity}:} + key bytes (without the braces); field = view
 *       number, 4 bytes; value = {@link Version}, 16 bytes, + packed columns.
 *   <li>Progress: hash {@code p:{project}}; field = view number, 4 bytes; value = epoch, 4 bytes, +
 *       complete-through time, 8 bytes, signed.
 *   <li>Marks: hashes {@code p:!{tag}id}, where no project can be; field and value as those of the
 *       progress of a view 0.
 * </ul>
 */
final class RedisLayout {
  private static final int PROGRESS_BYTES = Integer.BYTES + Long.BYTES;

  static final byte[] MARK_FIELD = field(0);
  static final byte[] MARK_VALUE = progressValue(new ViewProgress("", 0, 0, 0));

  private RedisLayout() {}

  static byte[] entityKey(EntityRef entity) {
    byte[] prefix = entityPrefix(entity.project(), entity.entity());
    byte[] key = entity.key();
    return ByteBuffer.allocate(prefix.length + key.length).put(prefix).put(key).array();
  }

  /** What the keys of all entities of a kind begin with. */
  static byte[] entityPrefix(String project, String entity) {
    return ("f:" + project + ":" + entity + ":").getBytes(UTF_8);
  }

  static byte[] progressKey(String project) {
    return ("p:" + project).getBytes(UTF_8);
  }

  static byte[] field(int view) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(view).array();
  }

  static byte[][] fields(int[] views) {
    byte[][] fields = new byte[views.length][];
    for (int i = 0; i < views.length; i++) {
      fields[i] = field(views[i]);
    }
    return fields;
  }

  static byte[] rowValue(Upsert upsert) {
    byte[] row = upsert.row();
    ByteBuffer value = ByteBuffer.allocate(Version.BYTES + row.length);
    upsert.version().put(value);
    return value.put(row).array();
  }

  /**
   * Takes a value apart, to its end.
   *
   * @throws IllegalArgumentException if it is not one that {@link #rowValue} makes
   */
  static StoredRow storedRow(ByteBuffer value) {
    if (value.remaining() < Version.BYTES) {
      throw new IllegalArgumentException(
          "a row of " + value.remaining() + " bytes has no version of 16 bytes");
    }
    Version version = Version.take(value);
    byte[] row = new byte[value.remaining()];
    value.get(row);
    return new StoredRow(version, row);
  }

  static byte[] progressValue(ViewProgress progress) {
    return ByteBuffer.allocate(PROGRESS_BYTES)
        .putInt(progress.epoch())
        .putLong(progress.completeThroughMillis())
        .array();
  }

  /**
   * @throws IllegalArgumentException if it is not one that {@link #progressValue} makes
   */
  static ViewProgress progress(String project, int view, byte[] value) {
    if (value.length != PROGRESS_BYTES) {
      throw new IllegalArgumentException(
          "progress of view " + view + " is " + value.length + " bytes long, not 12");
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    return new ViewProgress(project, view, in.getInt(), in.getLong());
  }
}
