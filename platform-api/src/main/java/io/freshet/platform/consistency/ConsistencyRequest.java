package io.freshet.platform.consistency;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check that a user wants.
 *
 * @param views names of views of the source; null for all
 * @param sampleOneIn of how many keys one is checked; null for the setting
 */
record ConsistencyRequest(@Nullable List<@Nullable String> views, @Nullable Integer sampleOneIn) {}
