package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.expression.Expression;
import io.freshet.expression.Expressions;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.References;
import io.freshet.expression.Variable;
import io.freshet.ondemand.OnDemandVariables;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.OnDemandFeature;
import io.freshet.plan.OnDemandInput;
import io.freshet.plan.OnDemandPlan;
import io.freshet.value.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Binds an on-demand view to the feature views that it reads. Used once; reports all that does not
 * fit and makes the plan if nothing is wrong.
 */
final class OnDemandBinder {
  private static final Set<String> TAKEN = Set.of(OnDemandVariables.REQUEST, OnDemandVariables.NOW);

  private final OnDemandDraft draft;
  private final Violations faults;
  private final List<Column> request;
  private final Map<String, OnDemandInput> known = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final List<OnDemandFeature> features = new ArrayList<>();

  OnDemandBinder(OnDemandDraft draft, Violations faults) {
    this.draft = draft;
    this.faults = faults;
    this.request = ColumnDraft.readable(draft.request);
  }

  /**
   * @param views the plan of the feature view of a name
   * @param onDemand whether there is an on-demand view of a name
   */
  void bind(Function<String, Optional<BoundView>> views, Predicate<String> onDemand) {
    Map<String, BoundView> found = new LinkedHashMap<>();
    for (int i = 0; i < draft.views.size(); i++) {
      String name = draft.views.get(i).text();
      Optional<BoundView> view = views.apply(name);
      if (view.isPresent() && !TAKEN.contains(name)) {
        found.put(name, view.get());
        addInputs(i, view.get());
      } else {
        faults.add(
            draft.views.get(i).path(),
            "Cannot read \"" + name + "\": " + obstacle(name, onDemand.test(name)));
      }
    }
    found.values().forEach(this::checkKeys);
    UnknownNames unknown = new UnknownNames(found, draft, views);
    Expressions compiler = Expressions.overVariables(OnDemandVariables.of(variables(), request));
    draft.features.forEach(feature -> bindFeature(feature, compiler, unknown));
  }

  /** Only to be asked where no fault was found. */
  OnDemandPlan plan() {
    return new OnDemandPlan(
        Draft.present(draft.metadata.project()),
        Draft.present(draft.metadata.name()),
        draft.views.stream().map(Fields.Item::text).toList(),
        request,
        known.entrySet().stream()
            .filter(input -> used.contains(input.getKey()))
            .map(Map.Entry::getValue)
            .toList(),
        features);
  }

  private String obstacle(String view, boolean isOnDemand) {
    if (TAKEN.contains(view)) {
      return "expressions know something else by that name, call the view otherwise";
    }
    return isOnDemand
        ? "it is an on-demand view, which reads feature views only, repeat its expressions"
        : "there is no such feature view in project %s, register it first or correct the name"
            .formatted(draft.metadata.project());
  }

  private void addInputs(int index, BoundView view) {
    for (int position = 0; position < view.features().size(); position++) {
      FeaturePlan feature = view.features().get(position);
      known.put(
          view.name() + "." + feature.name(),
          new OnDemandInput(
              index, position, feature.name(), feature.resultType(), feature.aggregation()));
    }
  }

  private List<Variable> variables() {
    return known.entrySet().stream()
        .map(input -> new Variable(input.getKey(), input.getValue().type()))
        .toList();
  }

  /** A row of a lookup gives join keys and request data by name. */
  private void checkKeys(BoundView view) {
    for (ColumnDraft given : draft.request) {
      for (Column key : view.joinKeys()) {
        if (key.name().equals(given.name()) && given.type() != null && key.type() != given.type()) {
          faults.add(
              given.path() + ".type",
              "Cannot take %s as %s: it is a join key of view %s and of type %s there, use that or another name"
                  .formatted(
                      key.name(), given.type().wireName(), view.name(), key.type().wireName()));
        }
      }
    }
  }

  private void bindFeature(
      OnDemandDraft.FeatureItem feature, Expressions compiler, UnknownNames unknown) {
    String text = feature.expression();
    if (text == null) {
      return;
    }
    Set<String> references = References.in(text);
    try {
      Expression expression = compiler.compile(text);
      references.forEach(reference -> used.add(UnknownNames.qualified(reference)));
      if (feature.name() != null) {
        features.add(new OnDemandFeature(feature.name(), text, expression.type()));
      }
    } catch (InvalidExpressionException e) {
      List<String> reasons = unknown.reasons(references);
      String path = feature.path() + ".expression";
      reasons.forEach(reason -> faults.add(path, "Cannot compile \"" + text + "\": " + reason));
      if (reasons.isEmpty() && !unknown.lackViews(references)) {
        faults.add(path, e.reason());
      }
    }
  }
}
