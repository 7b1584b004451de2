package io.freshet.platform.registry;

import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import java.util.List;

/**
 * An event source and its live views.
 *
 * @param views as they are served, in the order of their numbers
 * @param leavingStream the plans of the batch engine for those of them that the streaming engine
 *     serves until a run has materialized them
 */
public record SourceViews(SourcePlan source, List<ViewPlan> views, List<ViewPlan> leavingStream) {
  public SourceViews {
    views = List.copyOf(views);
    leavingStream = List.copyOf(leavingStream);
  }

  /** A source of which no view moves. */
  public SourceViews(SourcePlan source, List<ViewPlan> views) {
    this(source, views, List.of());
  }
}
