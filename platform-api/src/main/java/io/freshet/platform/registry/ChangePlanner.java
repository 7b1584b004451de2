package io.freshet.platform.registry;

import io.freshet.definition.Accepted;
import io.freshet.definition.Definitions;
import io.freshet.definition.Document;
import io.freshet.definition.EventSource;
import io.freshet.definition.FeatureView;
import io.freshet.plan.BoundView;
import io.freshet.plan.SourcePlan;
import io.freshet.platform.registry.PlannedChange.Effect;
import io.freshet.platform.routing.Route;
import io.freshet.platform.routing.Router;
import io.freshet.platform.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds what a registration would do, and does none of it. */
@Component
class ChangePlanner {
  private final DefinitionTable definitions;
  private final StoredCatalog catalog;
  private final ViewVersionTable versions;
  private final Usages usages;
  private final RoutingPolicy policy;
  private final RegistrationRules rules;

  ChangePlanner(
      DefinitionTable definitions,
      StoredCatalog catalog,
      ViewVersionTable versions,
      Usages usages,
      RoutingPolicy policy,
      RegistrationRules rules) {
    this.definitions = definitions;
    this.catalog = catalog;
    this.versions = versions;
    this.usages = usages;
    this.policy = policy;
    this.rules = rules;
  }

  /**
   * @return a change for each document, each after what it refers to
   * @throws io.freshet.error.InvalidInputException with every fault of every document
   * @throws io.freshet.platform.web.RequestRefusedException naming the users of what is in use and
   *     would change under them
   */
  List<PlannedChange> plan(List<Document> documents) {
    Map<String, SourcePlan> declaredSources = new HashMap<>();
    List<PlannedChange> changes = new ArrayList<>();
    for (Accepted accepted : Definitions.acceptAll(documents, catalog, rules)) {
      PlannedChange change = plan(accepted, declaredSources);
      change
          .source()
          .ifPresent(source -> declaredSources.put(source.project() + "/" + source.name(), source));
      changes.add(change);
    }
    usages.refuseBreaking(changes);
    return List.copyOf(changes);
  }

  private PlannedChange plan(Accepted accepted, Map<String, SourcePlan> declaredSources) {
    StoredDefinition wanted = StoredDefinition.of(accepted.definition());
    Optional<SourcePlan> source =
        accepted.definition() instanceof EventSource declared
            ? Optional.of(declared.plan())
            : Optional.empty();
    Optional<PlannedView> view =
        accepted.definition() instanceof FeatureView declared
            ? accepted.boundView().map(bound -> route(declared, bound, declaredSources))
            : Optional.empty();
    return new PlannedChange(wanted, effect(wanted), source, view, accepted.onDemandPlan());
  }

  private Effect effect(StoredDefinition wanted) {
    return definitions
        .find(wanted.address())
        .map(now -> now.content().equals(wanted.content()) ? Effect.NOTHING : Effect.UPDATE)
        .orElse(Effect.CREATE);
  }

  private PlannedView route(
      FeatureView declared, BoundView bound, Map<String, SourcePlan> declaredSources) {
    SourcePlan source = declaredSources.get(bound.project() + "/" + bound.source());
    if (source == null) {
      source =
          catalog
              .source(bound.project(), bound.source())
              .map(EventSource::plan)
              .orElseThrow(() -> new IllegalStateException("a bound view has a source"));
    }
    Route route = Router.route(bound, declared.freshness(), source, policy);
    return new PlannedView(bound, route, versions.live(bound.project(), bound.name()));
  }
}
