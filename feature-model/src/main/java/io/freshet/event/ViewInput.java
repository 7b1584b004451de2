package io.freshet.event;

import org.jspecify.annotations.Nullable;

/**
 * What one view takes from one event.
 *
 * @param key the canonical bytes of the entity's join keys
 * @param timeMillis the event time
 * @param inputs one value an input of the bound view, or null
 * @param id what copies of the event have in common; null if it can have none
 */
@SuppressWarnings("ArrayRecordComponent") // Made once an event and view, never compared.
public record ViewInput(
    byte[] key, long timeMillis, @Nullable Object[] inputs, @Nullable String id) {}
