package io.freshet.platform.lookup;

import static java.util.Objects.requireNonNull;

import io.freshet.definition.Definitions;
import io.freshet.definition.OnDemandFeatureView;
import io.freshet.error.InvalidInputException;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandPlan;
import io.freshet.platform.lookup.LookupAnswer.Unknown;
import io.freshet.platform.lookup.LookupPlan.Computed;
import io.freshet.platform.lookup.LookupPlan.FeatureColumn;
import io.freshet.platform.lookup.LookupPlan.Stored;
import io.freshet.platform.registry.ServedProject;
import io.freshet.platform.registry.ViewVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Resolves the names of a selection, once for all requests that make it. */
final class LookupPlanner {
  private static final Logger LOG = LoggerFactory.getLogger(LookupPlanner.class);

  private final ServedProject project;
  private final Set<String> seen = new LinkedHashSet<>();
  private final List<String> names = new ArrayList<>();
  private final List<@Nullable String> types = new ArrayList<>();
  private final List<@Nullable FeatureColumn> columns = new ArrayList<>();
  private final Map<String, Integer> viewIndex = new LinkedHashMap<>();
  private final List<ServedView> views = new ArrayList<>();
  private final Map<String, Integer> entityIndex = new LinkedHashMap<>();
  private final List<EntityKeyReader> entities = new ArrayList<>();
  private final Map<String, Integer> onDemandIndex = new HashMap<>();
  private final List<OnDemandSelection> onDemand = new ArrayList<>();
  private final List<Unknown> unknown = new ArrayList<>();

  private LookupPlanner(ServedProject project) {
    this.project = project;
  }

  /**
   * @param features each {@code view} or {@code view.feature}, of views of either kind; one named
   *     twice is answered once
   */
  static LookupPlan plan(ServedProject project, List<String> features) {
    LookupPlanner planner = new LookupPlanner(project);
    features.forEach(planner::resolve);
    return planner.plan();
  }

  private LookupPlan plan() {
    int[] numbers = views.stream().mapToInt(view -> view.plan().number()).toArray();
    List<ServedOnDemand> served = onDemand.stream().map(OnDemandSelection::served).toList();
    return new LookupPlan(names, types, columns, views, numbers, served, entities, unknown);
  }

  private void resolve(String name) {
    int dot = name.indexOf('.');
    String viewName = dot < 0 ? name : name.substring(0, dot);
    ViewVersion version = project.views().get(viewName);
    OnDemandFeatureView computed = project.onDemand().get(viewName);
    if (computed != null) {
      resolve(name, computed);
    } else if (version == null) {
      addUnknown(name, "there is no view " + viewName);
    } else if (dot < 0) {
      version.plan().view().features().forEach(feature -> addKnown(version, feature.name()));
    } else {
      addKnown(version, name.substring(dot + 1));
    }
  }

  private void resolve(String name, OnDemandFeatureView view) {
    String viewName = view.metadata().name();
    Integer index = indexOf(view);
    if (index == null) {
      addUnknown(
          name, "view " + viewName + " does not fit the views that it reads, register it anew");
      return;
    }
    OnDemandSelection selection = onDemand.get(index);
    if (name.equals(viewName)) {
      selection.features().forEach(feature -> addComputed(viewName, index, feature));
      return;
    }
    String feature = name.substring(viewName.length() + 1);
    selection
        .feature(feature)
        .ifPresentOrElse(
            known -> addComputed(viewName, index, known),
            () -> addUnknown(name, "view " + viewName + " has no feature " + feature));
  }

  private void addComputed(String view, int index, OnDemandFeature feature) {
    String name = view + "." + feature.name();
    if (seen.add(name)) {
      names.add(name);
      types.add(feature.type().wireName());
      columns.add(new Computed(index, onDemand.get(index).select(feature)));
    }
  }

  /** Null if the views that it reads are others than those it was registered for. */
  private @Nullable Integer indexOf(OnDemandFeatureView view) {
    String name = view.metadata().name();
    Integer known = onDemandIndex.get(name);
    if (known != null) {
      return known;
    }
    try {
      OnDemandPlan plan = Definitions.bind(view, this::boundView);
      int[] read =
          plan.views().stream()
              .mapToInt(v -> indexOf(requireNonNull(project.views().get(v))))
              .toArray();
      onDemand.add(new OnDemandSelection(plan, read));
      onDemandIndex.put(name, onDemand.size() - 1);
      return onDemand.size() - 1;
    } catch (InvalidInputException e) {
      LOG.warn("On-demand view {} of project {} is not served", name, view.metadata().project(), e);
      return null;
    }
  }

  private Optional<BoundView> boundView(String name) {
    return Optional.ofNullable(project.views().get(name)).map(version -> version.plan().view());
  }

  private void addKnown(ViewVersion version, String feature) {
    BoundView view = version.plan().view();
    String name = view.name() + "." + feature;
    int position = position(view, feature);
    if (position < 0) {
      addUnknown(name, "view " + view.name() + " has no feature " + feature);
    } else if (seen.add(name)) {
      FeaturePlan plan = view.features().get(position);
      names.add(name);
      types.add(plan.resultType().wireName());
      // The newest event's time comes before the features.
      columns.add(new Stored(indexOf(version), position + 1));
    }
  }

  private void addUnknown(String name, String reason) {
    if (seen.add(name)) {
      names.add(name);
      types.add(null);
      columns.add(null);
      unknown.add(new Unknown(name, reason));
    }
  }

  private int indexOf(ViewVersion version) {
    BoundView view = version.plan().view();
    Integer known = viewIndex.get(view.name());
    if (known != null) {
      return known;
    }
    views.add(ServedView.of(version, entityOf(view)));
    viewIndex.put(view.name(), views.size() - 1);
    return views.size() - 1;
  }

  private int entityOf(BoundView view) {
    Integer known = entityIndex.get(view.entity());
    if (known != null) {
      return known;
    }
    entities.add(new EntityKeyReader(view.project(), view.entity(), view.joinKeys()));
    entityIndex.put(view.entity(), entities.size() - 1);
    return entities.size() - 1;
  }

  private static int position(BoundView view, String feature) {
    for (int i = 0; i < view.features().size(); i++) {
      if (view.features().get(i).name().equals(feature)) {
        return i;
      }
    }
    return -1;
  }
}
