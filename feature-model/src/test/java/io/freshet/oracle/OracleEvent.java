package io.freshet.oracle;

import org.jspecify.annotations.Nullable;

/**
 * An event of one key.
 *
 * @param timeMillis the event time
 * @param inputs one value an input of the view, or null
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record OracleEvent(long timeMillis, @Nullable Object[] inputs) {}
