package io.freshet.platform.registry;

import io.freshet.definition.Catalog;
import io.freshet.definition.Definition;
import io.freshet.definition.Entity;
import io.freshet.definition.EventSource;
import io.freshet.definition.FeatureView;
import io.freshet.definition.Kind;
import io.freshet.definition.OnDemandFeatureView;
import io.freshet.plan.BoundView;
import io.freshet.platform.registry.StoredDefinition.Address;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The registered definitions, for others to refer to. */
@Component
class StoredCatalog implements Catalog {
  private final DefinitionTable definitions;
  private final ViewVersionTable versions;

  StoredCatalog(DefinitionTable definitions, ViewVersionTable versions) {
    this.definitions = definitions;
    this.versions = versions;
  }

  @Override
  public boolean hasProject(String project) {
    return definitions.find(new Address(Kind.PROJECT, project, project)).isPresent();
  }

  @Override
  public Optional<Entity> entity(String project, String name) {
    return find(Kind.ENTITY, project, name, Entity.class);
  }

  @Override
  public Optional<EventSource> source(String project, String name) {
    return find(Kind.EVENT_SOURCE, project, name, EventSource.class);
  }

  @Override
  public Optional<FeatureView> view(String project, String name) {
    return find(Kind.FEATURE_VIEW, project, name, FeatureView.class);
  }

  @Override
  public Optional<BoundView> boundView(String project, String name) {
    return versions.live(project, name).map(version -> version.plan().view());
  }

  @Override
  public Optional<OnDemandFeatureView> onDemandView(String project, String name) {
    return find(Kind.ON_DEMAND_FEATURE_VIEW, project, name, OnDemandFeatureView.class);
  }

  private <D extends Definition> Optional<D> find(
      Kind kind, String project, String name, Class<D> type) {
    return definitions
        .find(new Address(kind, project, name))
        .map(StoredDefinition::definition)
        .map(type::cast);
  }
}
