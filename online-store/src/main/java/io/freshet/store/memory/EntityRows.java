package io.freshet.store.memory;

import io.freshet.store.StoredRow;
import io.freshet.store.Upsert;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an entity, by view, and when they expire. Immutable.
 *
 * @param writes how many rows were ever applied
 */
record EntityRows(Map<Integer, StoredRow> rows, long expiresAtMillis, long writes) {
  static final EntityRows NONE = new EntityRows(Map.of(), Long.MIN_VALUE, 0);

  boolean expired(long nowMillis) {
    return nowMillis >= expiresAtMillis;
  }

  /** These rows with those of {@code candidates} that are newer; this if none is. */
  EntityRows with(List<Upsert> candidates, long nowMillis) {
    Map<Integer, StoredRow> after = new HashMap<>(rows);
    long expiry = expiresAtMillis;
    long applied = 0;
    for (Upsert candidate : candidates) {
      StoredRow present = after.get(candidate.view());
      if (present == null || candidate.version().compareTo(present.version()) > 0) {
        after.put(candidate.view(), new StoredRow(candidate.version(), candidate.row().clone()));
        expiry = Math.max(expiry, nowMillis + candidate.ttlMillis());
        applied++;
      }
    }
    return applied == 0 ? this : new EntityRows(after, expiry, writes + applied);
  }

  int appliedSince(EntityRows before) {
    return Math.toIntExact(writes - before.writes);
  }

  @Nullable StoredRow[] read(int[] views) {
    @Nullable StoredRow[] found = new StoredRow[views.length];
    for (int i = 0; i < views.length; i++) {
      StoredRow present = rows.get(views[i]);
      found[i] = present == null ? null : new StoredRow(present.version(), present.row().clone());
    }
    return found;
  }
}
