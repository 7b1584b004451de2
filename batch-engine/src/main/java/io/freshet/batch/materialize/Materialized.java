package io.freshet.batch.materialize;

import io.freshet.plan.BatchRunResult.ViewResult;
import java.util.List;

/**
 * What was materialized.
 *
 * @param failedEvents events that an expression failed on, newly recorded, over all views
 */
public record Materialized(List<ViewResult> views, long failedEvents) {
  public Materialized {
    views = List.copyOf(views);
  }
}
