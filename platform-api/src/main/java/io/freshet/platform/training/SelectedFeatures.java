package io.freshet.platform.training;

import io.freshet.definition.Definitions;
import io.freshet.definition.OnDemandFeatureView;
import io.freshet.error.InvalidInputException;
import io.freshet.error.Violations;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.TrainingSetPlan.OfSource;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.ServedProject;
import io.freshet.platform.registry.ViewVersion;
import io.freshet.serving.ServingDelay;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The features that a request names, with the views that they need. */
final class SelectedFeatures {
  private final ServedProject project;
  private final Violations faults;

  /** In the order of their naming, each once. */
  private final Set<String> names = new LinkedHashSet<>();

  private final Map<String, ViewPlan> views = new LinkedHashMap<>();
  private final Map<String, OnDemandPlan> computed = new LinkedHashMap<>();

  private SelectedFeatures(ServedProject project, Violations faults) {
    this.project = project;
    this.faults = faults;
  }

  /**
   * @param faults gets every name that there is nothing of
   */
  static SelectedFeatures of(ServedProject project, TrainingSetRequest request, Violations faults) {
    SelectedFeatures selected = new SelectedFeatures(project, faults);
    selected.select(request.service(), request.features());
    selected.checkColumns();
    return selected;
  }

  /** Each {@code view.feature}. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** The on-demand views, each with the features that are selected of it. */
  List<OnDemandPlan> onDemand() {
    return computed.values().stream().map(view -> view.only(selectedOf(view.name()))).toList();
  }

  /** The views, by source. */
  List<OfSource> sources(Function<String, SourcePlan> sourceOf, ServingDelays delays) {
    Map<String, List<ViewPlan>> bySource = new LinkedHashMap<>();
    views
        .values()
        .forEach(
            view ->
                bySource.computeIfAbsent(view.view().source(), n -> new ArrayList<>()).add(view));
    List<OfSource> sources = new ArrayList<>();
    bySource.forEach(
        (name, own) -> {
          SourcePlan source = sourceOf.apply(name);
          Map<Tier, ServingDelay> ofTiers = new EnumMap<>(Tier.class);
          own.forEach(view -> ofTiers.computeIfAbsent(view.tier(), t -> delays.of(source, t)));
          sources.add(new OfSource(source, own, ofTiers));
        });
    return sources;
  }

  private List<String> selectedOf(String view) {
    return names.stream()
        .filter(name -> name.startsWith(view + "."))
        .map(name -> name.substring(view.length() + 1))
        .toList();
  }

  private void select(@Nullable String service, @Nullable List<@Nullable String> features) {
    if ((service == null) == (features == null)) {
      faults.add("service", "name either a service or a list of features");
    } else if (service != null) {
      selectService(service);
    } else if (features != null) {
      selectList("features", features);
    }
  }

  private void selectService(String service) {
    List<String> features = project.services().get(service);
    if (features == null) {
      faults.add(
          "service",
          "there is no service %s: the project has %s"
              .formatted(service, project.services().keySet().stream().sorted().toList()));
      return;
    }
    selectList("service", features);
  }

  private void selectList(String at, List<? extends @Nullable String> features) {
    if (features.isEmpty()) {
      faults.add(at, "name a feature at least");
    }
    for (int i = 0; i < features.size(); i++) {
      selectNamed(at + "[" + i + "]", features.get(i));
    }
  }

  private void selectNamed(String at, @Nullable String name) {
    if (name == null) {
      faults.add(at, "null is no feature, name each as view or view.feature");
      return;
    }
    int dot = name.indexOf('.');
    String view = dot < 0 ? name : name.substring(0, dot);
    List<String> known = featuresOf(at, view);
    if (known.isEmpty()) {
      return;
    }
    if (dot < 0) {
      known.forEach(feature -> names.add(view + "." + feature));
    } else if (known.contains(name.substring(dot + 1))) {
      names.add(name);
    } else {
      faults.add(
          at,
          "view %s has no feature %s: it has %s".formatted(view, name.substring(dot + 1), known));
    }
  }

  /** Of a view of either kind, which is taken along; empty if there is a fault. */
  private List<String> featuresOf(String at, String view) {
    ViewVersion version = project.views().get(view);
    OnDemandFeatureView onDemand = project.onDemand().get(view);
    if (version != null) {
      take(version);
      return version.plan().view().features().stream().map(FeaturePlan::name).toList();
    }
    if (onDemand != null) {
      return bound(at, onDemand)
          .map(plan -> plan.features().stream().map(OnDemandFeature::name).toList())
          .orElse(List.of());
    }
    faults.add(at, "there is no view " + view);
    return List.of();
  }

  private Optional<OnDemandPlan> bound(String at, OnDemandFeatureView view) {
    try {
      OnDemandPlan plan = Definitions.bind(view, this::boundView);
      plan.views().stream()
          .flatMap(name -> Stream.ofNullable(project.views().get(name)))
          .forEach(this::take);
      computed.put(plan.name(), plan);
      return Optional.of(plan);
    } catch (InvalidInputException misfit) {
      faults.add(
          at,
          "view %s does not fit the views that it reads, register it anew"
              .formatted(view.metadata().name()));
      return Optional.empty();
    }
  }

  private Optional<BoundView> boundView(String name) {
    return Optional.ofNullable(project.views().get(name)).map(version -> version.plan().view());
  }

  private void take(ViewVersion version) {
    views.put(version.plan().view().name(), version.plan());
  }

  /** Names with two underscores can meet when their dot becomes two. */
  private void checkColumns() {
    Map<String, String> byColumn = new LinkedHashMap<>();
    for (String name : names) {
      String other = byColumn.putIfAbsent(name.replace(".", "__"), name);
      if (other != null) {
        faults.add(
            "features",
            "%s and %s would be the same column, %s: leave one out"
                .formatted(other, name, name.replace(".", "__")));
      }
    }
  }
}
