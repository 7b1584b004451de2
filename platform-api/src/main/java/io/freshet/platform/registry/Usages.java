package io.freshet.platform.registry;

import io.freshet.definition.Definition;
import io.freshet.definition.Definitions;
import io.freshet.definition.Entity;
import io.freshet.definition.EventSource;
import io.freshet.definition.Feature;
import io.freshet.definition.FeatureService;
import io.freshet.definition.FeatureView;
import io.freshet.definition.Kind;
import io.freshet.definition.OnDemandFeatureView;
import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import io.freshet.plan.BoundView;
import io.freshet.plan.SourceEvolution;
import io.freshet.platform.registry.StoredDefinition.Address;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Who uses a definition, so that nothing changes under its users. */
@Component
class Usages {
  private final DefinitionTable definitions;
  private final StoredCatalog catalog;

  Usages(DefinitionTable definitions, StoredCatalog catalog) {
    this.definitions = definitions;
    this.catalog = catalog;
  }

  /**
   * Refuses the deletion of what others use.
   *
   * @throws RequestRefusedException naming them
   */
  void refuseRemovalInUse(Address address) {
    refuse("delete " + address.subject(), usersOf(address), "delete them first");
  }

  /**
   * Refuses changes that what is registered could not bear, all of them at once.
   *
   * @throws RequestRefusedException naming the users
   */
  void refuseBreaking(List<PlannedChange> changes) {
    Set<Address> declared =
        changes.stream().map(change -> change.definition().address()).collect(Collectors.toSet());
    List<Violation> broken = new ArrayList<>();
    for (PlannedChange change : changes) {
      if (change.effect() == PlannedChange.Effect.UPDATE) {
        broken.addAll(brokenBy(change, declared));
      }
    }
    broken.addAll(onDemandViewsBrokenBy(changes, declared));
    refuse("change what others use", broken, "register it under a new name and move them there");
  }

  private List<Violation> brokenBy(PlannedChange change, Set<Address> declared) {
    Address address = change.definition().address();
    Definition before = definitions.find(address).orElseThrow().definition();
    Definition after = change.definition().definition();
    if (before instanceof Entity old && after instanceof Entity changed) {
      return old.joinKeys().equals(changed.joinKeys()) ? List.of() : usersOf(address);
    }
    if (before instanceof EventSource old && after instanceof EventSource changed) {
      return obstacles(old, changed, usersOf(address));
    }
    if (before instanceof FeatureView old && after instanceof FeatureView changed) {
      return servicesWithout(
          address.project(), lost(address, featuresOf(old), featuresOf(changed)), declared);
    }
    if (before instanceof OnDemandFeatureView old && after instanceof OnDemandFeatureView changed) {
      return servicesWithout(
          address.project(), lost(address, featuresOf(old), featuresOf(changed)), declared);
    }
    return List.of();
  }

  /** Why the source cannot change, and under whom. */
  private static List<Violation> obstacles(
      EventSource before, EventSource after, List<Violation> users) {
    List<Violation> obstacles = SourceEvolution.obstacles(before.plan(), after.plan());
    return obstacles.isEmpty() || users.isEmpty()
        ? List.of()
        : Stream.concat(obstacles.stream(), users.stream()).toList();
  }

  private static Set<String> lost(Address view, List<String> before, List<String> after) {
    return before.stream()
        .filter(feature -> !after.contains(feature))
        .map(feature -> view.name() + "." + feature)
        .collect(Collectors.toSet());
  }

  private static List<String> featuresOf(FeatureView view) {
    return view.features().stream().map(Feature::name).toList();
  }

  private static List<String> featuresOf(OnDemandFeatureView view) {
    return view.features().stream().map(OnDemandFeatureView.Computed::name).toList();
  }

  /** The on-demand views that would not fit their views any more. */
  private List<Violation> onDemandViewsBrokenBy(
      List<PlannedChange> changes, Set<Address> declared) {
    Map<Address, BoundView> changed = new LinkedHashMap<>();
    changes.stream()
        .filter(change -> change.effect() == PlannedChange.Effect.UPDATE)
        .forEach(
            change ->
                change
                    .view()
                    .ifPresent(view -> changed.put(change.definition().address(), view.bound())));
    return changed.keySet().stream()
        .map(Address::project)
        .distinct()
        .flatMap(project -> stored(project, Kind.ON_DEMAND_FEATURE_VIEW, OnDemandFeatureView.class))
        .filter(view -> !declared.contains(Address.of(view)))
        .filter(view -> view.views().stream().anyMatch(n -> changed.containsKey(at(view, n))))
        .flatMap(view -> misfit(view, changed).stream())
        .toList();
  }

  private Optional<Violation> misfit(OnDemandFeatureView view, Map<Address, BoundView> changed) {
    try {
      Definitions.bind(
          view,
          name ->
              Optional.ofNullable(changed.get(at(view, name)))
                  .or(() -> catalog.boundView(view.metadata().project(), name)));
      return Optional.empty();
    } catch (InvalidInputException e) {
      String reasons =
          e.violations().stream().map(Violation::message).collect(Collectors.joining(", "));
      return Optional.of(usedBy(view, "would not fit: " + reasons));
    }
  }

  private static Address at(OnDemandFeatureView user, String view) {
    return new Address(Kind.FEATURE_VIEW, user.metadata().project(), view);
  }

  /** The services that name a lost feature and are not registered anew along with its loss. */
  private List<Violation> servicesWithout(String project, Set<String> lost, Set<Address> declared) {
    return lost.isEmpty()
        ? List.of()
        : stored(project, Kind.FEATURE_SERVICE, FeatureService.class)
            .filter(service -> !declared.contains(Address.of(service)))
            .flatMap(
                service ->
                    service.features().stream()
                        .filter(lost::contains)
                        .map(feature -> usedBy(service, "reads " + feature)))
            .toList();
  }

  private List<Violation> usersOf(Address address) {
    return switch (address.kind()) {
      case PROJECT -> membersOf(address.name());
      case ENTITY -> viewsOf(address, view -> view.entity().equals(address.name()));
      case EVENT_SOURCE -> viewsOf(address, view -> view.source().equals(address.name()));
      case FEATURE_VIEW ->
          Stream.concat(onDemandViewsOf(address), servicesOf(address).stream()).toList();
      case ON_DEMAND_FEATURE_VIEW -> servicesOf(address);
      case FEATURE_SERVICE -> List.of();
    };
  }

  private List<Violation> membersOf(String project) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.PROJECT)
        .flatMap(kind -> definitions.list(project, kind).stream())
        .map(member -> usedBy(member.definition(), "belongs to it"))
        .toList();
  }

  private List<Violation> viewsOf(Address address, Predicate<FeatureView> uses) {
    return stored(address.project(), Kind.FEATURE_VIEW, FeatureView.class)
        .filter(uses)
        .map(view -> usedBy(view, "is made of " + address.kind().wireName() + " " + address.name()))
        .toList();
  }

  private Stream<Violation> onDemandViewsOf(Address view) {
    return stored(view.project(), Kind.ON_DEMAND_FEATURE_VIEW, OnDemandFeatureView.class)
        .filter(onDemand -> onDemand.views().contains(view.name()))
        .map(onDemand -> usedBy(onDemand, "reads " + view.name()));
  }

  private List<Violation> servicesOf(Address view) {
    return stored(view.project(), Kind.FEATURE_SERVICE, FeatureService.class)
        .flatMap(
            service ->
                service.features().stream()
                    .filter(
                        feature ->
                            feature.equals(view.name()) || feature.startsWith(view.name() + "."))
                    .map(feature -> usedBy(service, "reads " + feature)))
        .toList();
  }

  private <D extends Definition> Stream<D> stored(String project, Kind kind, Class<D> type) {
    return definitions.list(project, kind).stream()
        .map(StoredDefinition::definition)
        .map(type::cast);
  }

  private static Violation usedBy(Definition user, String how) {
    return new Violation(
        user.kind().plural() + "/" + user.metadata().name(),
        user.kind().wireName() + " " + user.metadata().name() + " " + how);
  }

  private static void refuse(String action, List<Violation> users, String remedy) {
    if (!users.isEmpty()) {
      String list = users.stream().map(Violation::message).collect(Collectors.joining("; "));
      throw new RequestRefusedException(
          Refusal.IN_USE, "Cannot " + action + ": " + list + "; " + remedy, users);
    }
  }
}
