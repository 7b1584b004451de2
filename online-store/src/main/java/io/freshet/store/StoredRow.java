package io.freshet.store;

/** A row as it was read: the packed columns and the version of their values. */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record StoredRow(Version version, byte[] row) {}
