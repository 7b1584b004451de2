package io.freshet.event;

import org.jspecify.annotations.Nullable;

/**
 * An event of a source.
 *
 * @param timeMillis the event time, milliseconds since the epoch
 * @param values one value a column of the source's schema, in its order, or null; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // One array an event, never compared.
public record Event(long timeMillis, @Nullable Object[] values) implements Decoded {}
