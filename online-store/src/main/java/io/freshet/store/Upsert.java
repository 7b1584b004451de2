package io.freshet.store;

/**
 * A row to be written if it is newer than the one that is there.
 *
 * @param view the number of the view's version
 * @param row the packed columns, as {@code RowCodec} of the view's row types makes them; not to be
 *     changed
 * @param ttlMillis how long the store must keep the row at least, 1 to {@link #MAX_TTL_MILLIS}
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
public record Upsert(EntityRef entity, int view, Version version, byte[] row, long ttlMillis) {
  /** About 35,000 years: as good as ever, and far from the end of a store's clock. */
  public static final long MAX_TTL_MILLIS = 1L << 50;

  public Upsert {
    if (ttlMillis < 1 || ttlMillis > MAX_TTL_MILLIS) {
      throw new IllegalArgumentException(
          "Cannot keep a row of view %d for %d ms: choose a time to live from 1 to %d ms"
              .formatted(view, ttlMillis, MAX_TTL_MILLIS));
    }
  }
}
