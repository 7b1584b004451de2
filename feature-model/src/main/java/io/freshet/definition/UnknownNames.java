package io.freshet.definition;

import io.freshet.ondemand.OnDemandVariables;
import io.freshet.plan.BoundView;
import io.freshet.plan.FeaturePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Says which names of an on-demand view's expressions stand for nothing, and what was meant. */
final class UnknownNames {
  /** Names of CEL's own. */
  private static final Set<String> TYPES =
      Set.of(
          "bool", "bytes", "double", "int", "list", "map", "null_type", "string", "type", "uint");

  private final Map<String, BoundView> views;
  private final OnDemandDraft draft;
  private final Function<String, Optional<BoundView>> others;

  /**
   * @param views those that the on-demand view reads
   * @param others all views of the project
   */
  UnknownNames(
      Map<String, BoundView> views,
      OnDemandDraft draft,
      Function<String, Optional<BoundView>> others) {
    this.views = views;
    this.draft = draft;
    this.others = others;
  }

  /** The first two parts of a reference: what is behind them is inside a value. */
  static String qualified(String reference) {
    int end = reference.indexOf('.', reference.indexOf('.') + 1);
    return reference.indexOf('.') < 0 || end < 0 ? reference : reference.substring(0, end);
  }

  List<String> reasons(Set<String> references) {
    List<String> reasons = new ArrayList<>();
    for (String reference : references) {
      reason(qualified(reference)).filter(r -> !reasons.contains(r)).ifPresent(reasons::add);
    }
    return reasons;
  }

  /** Whether one is a feature of a view that is listed but could not be read. */
  boolean lackViews(Set<String> references) {
    return references.stream().map(UnknownNames::root).anyMatch(this::isMissing);
  }

  private boolean isMissing(String root) {
    return !views.containsKey(root)
        && draft.views.stream().anyMatch(listed -> listed.text().equals(root));
  }

  private static String root(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private Optional<String> reason(String name) {
    int dot = name.indexOf('.');
    String root = root(name);
    String member = dot < 0 ? "" : name.substring(dot + 1);
    if (root.equals(OnDemandVariables.NOW) || TYPES.contains(root) || root.isEmpty()) {
      return Optional.empty();
    }
    if (root.equals(OnDemandVariables.REQUEST)) {
      List<String> given = new ArrayList<>();
      draft.request.forEach(column -> Optional.ofNullable(column.name()).ifPresent(given::add));
      return unknown("the request", root, member, given);
    }
    BoundView view = views.get(root);
    if (view != null) {
      return unknown(
          "feature view " + root,
          root,
          member,
          view.features().stream().map(FeaturePlan::name).toList());
    }
    if (isMissing(root)) {
      return Optional.empty();
    }
    return Optional.of(
        others.apply(root).isPresent()
            ? "feature view " + root + " is not among spec.views, list it there"
            : unknownRoot(root));
  }

  private String unknownRoot(String root) {
    List<String> known = new ArrayList<>(views.keySet());
    known.add(OnDemandVariables.REQUEST);
    known.add(OnDemandVariables.NOW);
    return "there is no \""
        + root
        + "\""
        + Names.suggestion(root, known)
        + " (known: "
        + String.join(", ", known)
        + ")";
  }

  private static Optional<String> unknown(
      String owner, String root, String member, List<String> known) {
    if (known.contains(member)) {
      return Optional.empty();
    }
    String all = known.isEmpty() ? "nothing" : String.join(", ", known);
    return Optional.of(
        member.isEmpty()
            ? "\"%s\" alone is no value, write %s.name (known: %s)".formatted(root, root, all)
            : "%s has no \"%s\"%s (known: %s)"
                .formatted(owner, member, Names.suggestion(member, known), all));
  }
}
