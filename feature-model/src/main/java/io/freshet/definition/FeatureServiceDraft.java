package io.freshet.definition;

import io.freshet.definition.OnDemandFeatureView.Computed;
import io.freshet.error.Violations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A feature service as far as it could be read. */
record FeatureServiceDraft(MetadataDraft metadata, List<Fields.Item> references) implements Draft {

  static FeatureServiceDraft read(MetadataDraft metadata, Fields spec, Violations faults) {
    List<Fields.Item> references = spec.texts("features");
    Map<String, String> seen = new HashMap<>();
    for (Fields.Item reference : references) {
      seen.put(reference.text(), seen.getOrDefault(reference.text(), reference.path()));
    }
    for (Fields.Item reference : references) {
      String view = viewOf(reference.text());
      String same = seen.getOrDefault(reference.text(), reference.path());
      String whole = view.equals(reference.text()) ? null : seen.get(view);
      if (whole != null || !same.equals(reference.path())) {
        faults.add(
            reference.path(),
            "Cannot name \""
                + reference.text()
                + "\" twice: "
                + (whole == null ? same : whole)
                + " has it");
      }
    }
    return new FeatureServiceDraft(metadata, references);
  }

  @Override
  public void bind(Catalog catalog, Violations faults) {
    String project = metadata.knownProject(catalog, faults);
    if (project == null) {
      return;
    }
    for (Fields.Item reference : references) {
      String viewName = viewOf(reference.text());
      Optional<List<String>> features = featuresOf(catalog, project, viewName);
      if (features.isEmpty()) {
        faults.add(
            reference.path(),
            "Cannot find feature view \""
                + viewName
                + "\" in project "
                + project
                + ": register it first or correct the name");
      } else if (!viewName.equals(reference.text())) {
        checkFeature(reference, viewName, features.get(), faults);
      }
    }
  }

  @Override
  public Accepted accepted() {
    return Accepted.unplanned(
        new FeatureService(
            metadata.complete(), references.stream().map(Fields.Item::text).toList()));
  }

  /** Of a view of either kind. */
  private static Optional<List<String>> featuresOf(Catalog catalog, String project, String view) {
    return catalog
        .view(project, view)
        .map(found -> found.features().stream().map(Feature::name).toList())
        .or(
            () ->
                catalog
                    .onDemandView(project, view)
                    .map(found -> found.features().stream().map(Computed::name).toList()));
  }

  private static void checkFeature(
      Fields.Item reference, String viewName, List<String> known, Violations faults) {
    String feature = reference.text().substring(viewName.length() + 1);
    if (!known.contains(feature)) {
      faults.add(
          reference.path(),
          "Cannot find feature \""
              + feature
              + "\" in feature view "
              + viewName
              + Names.suggestion(feature, known)
              + " (known: "
              + String.join(", ", known)
              + ")");
    }
  }

  private static String viewOf(String reference) {
    int dot = reference.indexOf('.');
    return dot < 0 ? reference : reference.substring(0, dot);
  }
}
