package io.freshet.oracle;

import io.freshet.definition.Catalog;
import io.freshet.definition.Entity;
import io.freshet.definition.EventSource;
import io.freshet.definition.FeatureView;
import io.freshet.definition.OnDemandFeatureView;
import io.freshet.plan.BoundView;
import java.util.Optional;

/** A catalog in which nothing is registered. */
record EmptyCatalog() implements Catalog {
  @Override
  public boolean hasProject(String project) {
    return false;
  }

  @Override
  public Optional<Entity> entity(String project, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<EventSource> source(String project, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<FeatureView> view(String project, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<BoundView> boundView(String project, String name) {
    return Optional.empty();
  }

  @Override
  public Optional<OnDemandFeatureView> onDemandView(String project, String name) {
    return Optional.empty();
  }
}
