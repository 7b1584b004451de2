package io.freshet.store;

/**
 * A row to be written if it is newer than the one that is there.
 *
 * @param view the number of the view's version
 * @param row the packed columns, as {@code RowCodec} of the view's row types makes them
 * @param ttlMillis how long the store must keep the row at least
 */
@SuppressWarnings("ArrayRecordComponent") // Written once, never compared.
public record Upsert(EntityRef entity, int view, Version version, byte[] row, long ttlMillis) {}
