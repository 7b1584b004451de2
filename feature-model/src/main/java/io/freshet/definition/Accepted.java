package io.freshet.definition;

import io.freshet.plan.BoundView;
import java.util.Optional;

/**
 * A definition in which no fault was found.
 *
 * @param boundView the plan of a feature view; empty for every other kind
 */
public record Accepted(Definition definition, Optional<BoundView> boundView) {}
