package io.freshet.platform.registry;

import java.util.Optional;

/**
 * What became of a definition.
 *
 * @param route of a feature view's live version; empty for other kinds and in previews
 */
record Registered(PlannedChange change, Optional<RouteAnswer> route) {}
