package io.freshet.definition;

import io.freshet.plan.BoundView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The definitions of one text before those of another catalog. */
final class DeclaredFirst implements Catalog {
  private record Address(Class<? extends Definition> type, String project, String name) {}

  private final Catalog others;
  private final Map<Address, Accepted> declared = new HashMap<>();

  DeclaredFirst(Catalog others) {
    this.others = others;
  }

  void declare(Accepted accepted) {
    Definition definition = accepted.definition();
    Metadata metadata = definition.metadata();
    declared.put(new Address(definition.getClass(), metadata.project(), metadata.name()), accepted);
  }

  @Override
  public boolean hasProject(String project) {
    return declared.containsKey(new Address(Project.class, project, project))
        || others.hasProject(project);
  }

  @Override
  public Optional<Entity> entity(String project, String name) {
    return find(Entity.class, project, name, () -> others.entity(project, name));
  }

  @Override
  public Optional<EventSource> source(String project, String name) {
    return find(EventSource.class, project, name, () -> others.source(project, name));
  }

  @Override
  public Optional<FeatureView> view(String project, String name) {
    return find(FeatureView.class, project, name, () -> others.view(project, name));
  }

  @Override
  public Optional<BoundView> boundView(String project, String name) {
    Accepted found = declared.get(new Address(FeatureView.class, project, name));
    return found == null ? others.boundView(project, name) : found.boundView();
  }

  @Override
  public Optional<OnDemandFeatureView> onDemandView(String project, String name) {
    return find(OnDemandFeatureView.class, project, name, () -> others.onDemandView(project, name));
  }

  private <D extends Definition> Optional<D> find(
      Class<D> type, String project, String name, Supplier<Optional<D>> otherwise) {
    Accepted found = declared.get(new Address(type, project, name));
    return found == null ? otherwise.get() : Optional.of(type.cast(found.definition()));
  }
}
