package io.freshet.platform.registry;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import java.util.List;

/**
 * An event source and its live views.
 *
 * @param views in the order of their numbers
 */
public record SourceViews(SourcePlan source, List<ViewPlan> views) {
  public SourceViews {
    views = List.copyOf(views);
  }
}
