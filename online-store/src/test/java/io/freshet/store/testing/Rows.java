package io.freshet.store.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.store.EntityRef;
import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes rows for tests; a row's bytes name its content, so that a test sees which one it reads. */
public final class Rows {
  public static final String PROJECT = "flights";
  public static final long HOUR_MILLIS = 3_600_000;

  private Rows() {}

  public static EntityRef entity(String key) {
    return entity(key.getBytes(UTF_8));
  }

  public static EntityRef entity(byte[] key) {
    return new EntityRef(PROJECT, "airport", key);
  }

  public static Version version(long epoch, long asOfMillis, long sequence) {
    return new Version((int) epoch, asOfMillis, (int) sequence);
  }

  public static Upsert upsert(EntityRef entity, int view, Version version, String content) {
    return upsert(entity, view, version, content, HOUR_MILLIS);
  }

  public static Upsert upsert(
      EntityRef entity, int view, Version version, String content, long ttlMillis) {
    return new Upsert(entity, view, version, content.getBytes(UTF_8), ttlMillis);
  }

  public static @Nullable String content(@Nullable StoredRow row) {
    return row == null ? null : new String(row.row(), UTF_8);
  }

  public static @Nullable String[] contents(@Nullable StoredRow[] rows) {
    return Arrays.stream(rows).map(Rows::content).toArray(String[]::new);
  }
}
