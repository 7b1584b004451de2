package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.expression.Expression;
import io.freshet.expression.Expressions;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.Parameters;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Binds a view to its entity and its source's schema. Used once; reports all that does not fit and
 * makes the bound view if nothing is wrong.
 */
final class ViewBinder {
  private final FeatureViewDraft draft;
  private final Violations faults;
  private final List<Column> joinKeys = new ArrayList<>();
  private final List<String> keyColumns = new ArrayList<>();
  private final Map<String, InputPlan> inputs = new LinkedHashMap<>();
  private final List<FeaturePlan> features = new ArrayList<>();

  ViewBinder(FeatureViewDraft draft, Violations faults) {
    this.draft = draft;
    this.faults = faults;
  }

  void bind(Catalog catalog) {
    String project = draft.metadata.knownProject(catalog, faults);
    if (project == null) {
      return;
    }
    checkName(catalog, project);
    Optional<Entity> entity =
        draft.entity == null ? Optional.empty() : catalog.entity(project, draft.entity);
    Optional<EventSource> source =
        draft.source == null ? Optional.empty() : catalog.source(project, draft.source);
    if (draft.entity != null && entity.isEmpty()) {
      unknown("spec.entity", "entity " + draft.entity, project);
    }
    if (draft.source != null && source.isEmpty()) {
      unknown("spec.source", "event source " + draft.source, project);
    }
    entity.ifPresent(found -> bindKeys(found, source));
    source.ifPresent(found -> TableDraft.checkTier(found, draft.freshness.tier(), faults));
    source.ifPresent(found -> bindExpressions(Expressions.over(found.columns())));
  }

  /** Only to be asked where no fault was found. */
  BoundView boundView() {
    Duration maxStaleness = draft.freshness.maxStaleness();
    return new BoundView(
        Draft.present(draft.metadata.project()),
        Draft.present(draft.metadata.name()),
        Draft.present(draft.entity),
        joinKeys,
        Draft.present(draft.source),
        keyColumns,
        draft.filter,
        List.copyOf(inputs.values()),
        features,
        draft.delivery,
        draft.effectiveTtl().toMillis(),
        draft.allowedLateness.toMillis(),
        maxStaleness == null ? 0 : maxStaleness.toMillis(),
        draft.featureLogs,
        draft.shedding);
  }

  /** Lookups and services name both kinds of views alike. */
  private void checkName(Catalog catalog, String project) {
    String name = draft.metadata.name();
    if (name != null && catalog.onDemandView(project, name).isPresent()) {
      faults.add(
          "metadata.name",
          "Cannot use the name \"" + name + "\": an on-demand feature view has it, choose another");
    }
  }

  private void unknown(String path, String what, String project) {
    faults.add(
        path,
        "Cannot find "
            + what
            + " in project "
            + project
            + ": register it first or correct the name");
  }

  private void bindKeys(Entity entity, Optional<EventSource> source) {
    List<String> known = entity.joinKeys().stream().map(Column::name).toList();
    for (String name : draft.joinKeys.keySet()) {
      if (!known.contains(name)) {
        faults.add(
            "spec.joinKeys." + name,
            "Cannot find join key \""
                + name
                + "\": entity "
                + entity.metadata().name()
                + " has "
                + String.join(", ", known)
                + Names.suggestion(name, known));
      }
    }
    joinKeys.addAll(entity.joinKeys());
    for (Column key : entity.joinKeys()) {
      String column = draft.joinKeys.getOrDefault(key.name(), key.name());
      keyColumns.add(column);
      source.ifPresent(found -> checkKeyColumn(key, column, found));
    }
  }

  private void checkKeyColumn(Column key, String columnName, EventSource source) {
    String path = "spec.joinKeys." + key.name();
    Optional<Column> column =
        source.columns().stream().filter(c -> c.name().equals(columnName)).findFirst();
    if (column.isEmpty()) {
      List<String> known = source.columns().stream().map(Column::name).toList();
      faults.add(
          path,
          "Cannot find column \""
              + columnName
              + "\" for join key "
              + key.name()
              + ": event source "
              + source.metadata().name()
              + " has "
              + String.join(", ", known)
              + Names.suggestion(columnName, known));
    } else if (column.get().type() != key.type()) {
      faults.add(
          path,
          "Cannot join by column "
              + columnName
              + ": its type is "
              + column.get().type().wireName()
              + ", that of join key "
              + key.name()
              + " is "
              + key.type().wireName());
    }
  }

  private void bindExpressions(Expressions expressions) {
    bindFilter(expressions);
    draft.features.forEach(feature -> bindFeature(feature, expressions));
  }

  private void bindFilter(Expressions expressions) {
    if (draft.filter == null) {
      return;
    }
    Expression filter = compile(draft.filter, expressions, "spec.filter");
    if (filter != null && filter.type() != ValueType.BOOLEAN) {
      faults.add(
          "spec.filter",
          "Cannot filter by \""
              + draft.filter
              + "\": its type is "
              + filter.type().wireName()
              + ", it must be boolean");
    }
  }

  private void bindFeature(FeatureDraft feature, Expressions expressions) {
    ValueType inputType = null;
    if (feature.input() != null) {
      Expression input = compile(feature.input(), expressions, feature.path() + ".input");
      if (input == null) {
        return;
      }
      inputType = input.type();
      inputs.putIfAbsent(feature.input(), new InputPlan(feature.input(), inputType));
    }
    Aggregation aggregation = feature.aggregation();
    if (aggregation == null || (inputType == null && aggregation.needsInput())) {
      return;
    }
    Optional<FeatureType> resultType = aggregation.resultType(inputType);
    if (resultType.isEmpty()) {
      faults.add(feature.path() + ".input", misfit(aggregation, feature.input(), inputType));
    } else if (feature.name() != null && feature.parameters() != null) {
      features.add(
          plan(feature.name(), feature, aggregation, feature.parameters(), resultType.get()));
    }
  }

  private static String misfit(
      Aggregation aggregation, @Nullable String input, @Nullable ValueType inputType) {
    String types =
        Arrays.stream(ValueType.values())
            .filter(aggregation::accepts)
            .map(ValueType::wireName)
            .collect(Collectors.joining(" or "));
    return "Cannot compute %s of \"%s\": its type is %s, it must be %s"
        .formatted(
            aggregation.wireName(),
            input,
            inputType == null ? "unknown" : inputType.wireName(),
            types);
  }

  private FeaturePlan plan(
      String name,
      FeatureDraft feature,
      Aggregation aggregation,
      Parameters parameters,
      FeatureType resultType) {
    int input =
        feature.input() == null
            ? FeaturePlan.NO_INPUT
            : List.copyOf(inputs.keySet()).indexOf(feature.input());
    Duration window = feature.window();
    return new FeaturePlan(
        name,
        aggregation,
        parameters,
        input,
        window == null ? Window.LIFETIME : Window.ofMillis(window.toMillis()),
        resultType);
  }

  private @Nullable Expression compile(String text, Expressions expressions, String path) {
    try {
      return expressions.compile(text);
    } catch (InvalidExpressionException e) {
      faults.add(path, e.reason());
      return null;
    }
  }
}
