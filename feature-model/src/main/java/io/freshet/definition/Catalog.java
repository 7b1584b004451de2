package io.freshet.definition;

import io.freshet.plan.BoundView;
import java.util.Optional;

/** The definitions that others refer to. */
public interface Catalog {
  boolean hasProject(String project);

  Optional<Entity> entity(String project, String name);

  Optional<EventSource> source(String project, String name);

  Optional<FeatureView> view(String project, String name);

  /** The plan of the feature view of that name. */
  Optional<BoundView> boundView(String project, String name);

  Optional<OnDemandFeatureView> onDemandView(String project, String name);
}
