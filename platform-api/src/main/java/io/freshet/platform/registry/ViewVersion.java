package io.freshet.platform.registry;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.routing.Route;

/** A version of a view with what was decided about it. */
public record ViewVersion(ViewPlan plan, Route route) {}
