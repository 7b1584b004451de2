package io.freshet.definition;

import java.util.Optional;

/** The definitions that others refer to. */
public interface Catalog {
  boolean hasProject(String project);

  Optional<Entity> entity(String project, String name);

  Optional<EventSource> source(String project, String name);

  Optional<FeatureView> view(String project, String name);
}
