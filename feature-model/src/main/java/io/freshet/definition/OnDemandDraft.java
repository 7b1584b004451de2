package io.freshet.definition;

import io.freshet.error.Violations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An on-demand feature view as far as it could be read. */
final class OnDemandDraft implements Draft {
  private static final int MOST_FEATURES = 100;
  private static final int MOST_VIEWS = 20;

  /** A feature, with the path of its object. */
  record FeatureItem(String path, @Nullable String name, @Nullable String expression) {
    static FeatureItem read(Fields object) {
      try (Fields fields = object) {
        String expression = fields.text("expression");
        return new FeatureItem(
            fields.path(),
            fields.name("name", Names::faultOfName),
            expression == null ? null : expression.strip());
      }
    }
  }

  final MetadataDraft metadata;
  final List<Fields.Item> views;
  final List<ColumnDraft> request;
  final List<FeatureItem> features;
  private @Nullable OnDemandBinder bound;

  private OnDemandDraft(
      MetadataDraft metadata,
      List<Fields.Item> views,
      List<ColumnDraft> request,
      List<FeatureItem> features) {
    this.metadata = metadata;
    this.views = views;
    this.request = request;
    this.features = features;
  }

  static OnDemandDraft read(MetadataDraft metadata, Fields spec, Violations faults) {
    OnDemandDraft draft =
        new OnDemandDraft(
            metadata,
            spec.texts("views"),
            spec.optionalObjects("request").stream().map(ColumnDraft::requested).toList(),
            spec.objects("features").stream().map(FeatureItem::read).toList());
    draft.checkNames(faults);
    draft.checkSize(faults);
    return draft;
  }

  /** A definition as its document is read. */
  static OnDemandDraft of(OnDemandFeatureView view) {
    Metadata metadata = view.metadata();
    return new OnDemandDraft(
        new MetadataDraft(
            metadata.name(),
            metadata.project(),
            metadata.owner(),
            metadata.description(),
            metadata.tags()),
        IntStream.range(0, view.views().size())
            .mapToObj(i -> new Fields.Item("spec.views[" + i + "]", view.views().get(i)))
            .toList(),
        IntStream.range(0, view.request().size())
            .mapToObj(i -> ColumnDraft.of("spec.request[" + i + "]", view.request().get(i)))
            .toList(),
        IntStream.range(0, view.features().size())
            .mapToObj(i -> item("spec.features[" + i + "]", view.features().get(i)))
            .toList());
  }

  @Override
  public void bind(Catalog catalog, Violations faults) {
    String project = metadata.knownProject(catalog, faults);
    if (project == null) {
      return;
    }
    String name = metadata.name();
    if (name != null && catalog.view(project, name).isPresent()) {
      faults.add(
          "metadata.name",
          "Cannot use the name \"" + name + "\": a feature view has it, choose another");
    }
    OnDemandBinder binder = new OnDemandBinder(this, faults);
    binder.bind(
        view -> catalog.boundView(project, view),
        view -> catalog.onDemandView(project, view).isPresent());
    bound = binder;
  }

  @Override
  public Accepted accepted() {
    return new Accepted(
        new OnDemandFeatureView(
            metadata.complete(),
            views.stream().map(Fields.Item::text).toList(),
            ColumnDraft.readable(request),
            features.stream()
                .map(
                    item ->
                        new OnDemandFeatureView.Computed(
                            Draft.present(item.name()), Draft.present(item.expression())))
                .toList()),
        Optional.empty(),
        Optional.ofNullable(bound).map(OnDemandBinder::plan));
  }

  private static FeatureItem item(String path, OnDemandFeatureView.Computed feature) {
    return new FeatureItem(path, feature.name(), feature.expression());
  }

  private void checkNames(Violations faults) {
    Map<String, String> seen = new HashMap<>();
    for (Fields.Item view : views) {
      repeated(seen.putIfAbsent(view.text(), view.path()), view.text(), view.path(), faults);
    }
    seen.clear();
    for (FeatureItem feature : features) {
      String name = feature.name();
      String earlier = name == null ? null : seen.putIfAbsent(name, feature.path());
      repeated(earlier, Objects.requireNonNullElse(name, ""), feature.path() + ".name", faults);
    }
    ColumnDraft.distinct(request, faults);
  }

  private static void repeated(
      @Nullable String earlier, String name, String path, Violations faults) {
    if (earlier != null) {
      faults.add(path, "Cannot use the name \"" + name + "\" twice: " + earlier + " has it");
    }
  }

  private void checkSize(Violations faults) {
    if (features.size() > MOST_FEATURES || views.size() > MOST_VIEWS) {
      faults.add(
          "spec",
          "Cannot compute %d features from %d views: the most is %d from %d, split it"
              .formatted(features.size(), views.size(), MOST_FEATURES, MOST_VIEWS));
    }
  }
}
