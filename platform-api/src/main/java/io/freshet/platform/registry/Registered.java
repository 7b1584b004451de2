package io.freshet.platform.registry;

import java.util.Optional;

/**
 * What became of a definition.
 *
 * @param version the live version of a feature view; empty for other kinds and in previews
 */
record Registered(PlannedChange change, Optional<ViewVersion> version) {}
