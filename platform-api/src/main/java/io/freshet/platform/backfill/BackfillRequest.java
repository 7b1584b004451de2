package io.freshet.platform.backfill;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of a view that a user wants in its feature log.
 *
 * @param from the first tick, or before it
 * @param to after the last tick; it has passed
 * @param ranges {@code missing}, also if it is not said, or {@code all}
 * @param estimate whether only the cost is wanted; it is not if that is not said
 */
record BackfillRequest(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String ranges,
    @Nullable Boolean estimate) {}
