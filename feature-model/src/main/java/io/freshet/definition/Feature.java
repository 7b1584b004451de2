package io.freshet.definition;

import io.freshet.plan.Aggregation;
import io.freshet.plan.Parameters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A feature as it is declared.
 *
 * @param input CEL over the source's columns or a bare column name; null for a count of events
 * @param window how far back it looks; null for all events
 */
public record Feature(
    String name,
    Aggregation aggregation,
    Parameters parameters,
    @Nullable String input,
    @Nullable Duration window) {}
