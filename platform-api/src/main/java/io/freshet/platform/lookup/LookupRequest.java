package io.freshet.platform.lookup;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to look up: either a service or a list of features.
 *
 * @param service the name of a feature service
 * @param features each {@code view} or {@code view.feature}, of views of either kind
 * @param entities rows that give join keys, and what on-demand views take, by name; further members
 *     are passed over
 */
record LookupRequest(
    @Nullable String service,
    @Nullable List<@Nullable String> features,
    @Nullable List<@Nullable Map<String, @Nullable Object>> entities) {}
