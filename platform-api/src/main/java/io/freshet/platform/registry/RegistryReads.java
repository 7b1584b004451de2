package io.freshet.platform.registry;

import io.freshet.definition.FeatureService;
import io.freshet.definition.Kind;
import io.freshet.definition.OnDemandFeatureView;
import io.freshet.plan.SourcePlan;
import io.freshet.platform.registry.StoredDefinition.Address;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the registry; what is not there is refused as not found. */
@Component
public class RegistryReads {
  private final DefinitionTable definitions;
  private final StoredCatalog catalog;
  private final ViewVersionTable versions;
  private final LaneTable lanes;

  RegistryReads(
      DefinitionTable definitions,
      StoredCatalog catalog,
      ViewVersionTable versions,
      LaneTable lanes) {
    this.definitions = definitions;
    this.catalog = catalog;
    this.versions = versions;
    this.lanes = lanes;
  }

  /**
   * An event source as engines see it.
   *
   * @throws RequestRefusedException if there is none
   */
  public SourcePlan source(String project, String name) {
    requireProject(project);
    return catalog
        .source(project, name)
        .orElseThrow(() -> notFound(new Address(Kind.EVENT_SOURCE, project, name)))
        .plan();
  }

  /**
   * Passes if the project exists.
   *
   * @throws RequestRefusedException if it does not
   */
  public void requireProject(String project) {
    definition(new Address(Kind.PROJECT, project, project));
  }

  /**
   * What lookups serve of a project.
   *
   * @throws RequestRefusedException if there is no such project
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public ServedProject served(String project) {
    requireProject(project);
    Map<String, ViewVersion> views =
        versions.live(project).stream()
            .collect(Collectors.toMap(view -> view.plan().view().name(), Function.identity()));
    Map<String, List<String>> services =
        definitions.list(project, Kind.FEATURE_SERVICE).stream()
            .map(stored -> (FeatureService) stored.definition())
            .collect(
                Collectors.toMap(service -> service.metadata().name(), FeatureService::features));
    Map<String, OnDemandFeatureView> onDemand =
        definitions.list(project, Kind.ON_DEMAND_FEATURE_VIEW).stream()
            .map(stored -> (OnDemandFeatureView) stored.definition())
            .collect(Collectors.toMap(view -> view.metadata().name(), Function.identity()));
    return new ServedProject(views, onDemand, services);
  }

  StoredDefinition definition(Address address) {
    return definitions.find(address).orElseThrow(() -> notFound(address));
  }

  List<StoredDefinition> list(String project, Kind kind) {
    requireProject(project);
    return definitions.list(project, kind);
  }

  /**
   * The live version of a view.
   *
   * @throws RequestRefusedException if there is no such view
   */
  public ViewVersion view(String project, String name) {
    return versions
        .live(project, name)
        .orElseThrow(() -> notFound(new Address(Kind.FEATURE_VIEW, project, name)));
  }

  /** The routes of a project's live views, by name. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  List<RouteAnswer> routes(String project) {
    requireProject(project);
    return versions.live(project).stream().map(this::route).toList();
  }

  /** The route of a view. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  RouteAnswer route(String project, String view) {
    requireProject(project);
    return route(view(project, view));
  }

  /** The route of a version, as it was just stored or read. */
  RouteAnswer route(ViewVersion version) {
    return RouteAnswer.of(version, lanes.running(version.plan().number()));
  }

  private static RequestRefusedException notFound(Address address) {
    return new RequestRefusedException(
        Refusal.NOT_FOUND,
        "Cannot find %s: it is not registered, register it or correct the name"
            .formatted(address.subject()));
  }
}
