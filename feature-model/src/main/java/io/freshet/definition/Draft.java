package io.freshet.definition;

import io.freshet.error.Violations;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A definition as far as it could be read: what is absent or wrong is null, and was reported. So
 * what refers to other definitions can be checked beside what is wrong in itself.
 */
interface Draft {
  /** Reports what the draft refers to and does not fit. */
  void bind(Catalog catalog, Violations faults);

  /** The definition; only to be asked of a draft without a fault. */
  Accepted accepted();

  static Draft read(Document document, Violations faults) {
    try (Fields root = Fields.of(document, faults)) {
      root.choice(
          "apiVersion",
          version -> Optional.of(version).filter(Definitions.API_VERSION::equals),
          List.of(Definitions.API_VERSION));
      Kind kind = root.choice("kind", Kind::ofWireName, kindNames());
      MetadataDraft metadata = MetadataDraft.read(root, kind, faults);
      if (kind == null) {
        root.optionalObject("spec");
        return new UnknownDraft(metadata);
      }
      return read(kind, metadata, root, faults);
    }
  }

  private static Draft read(Kind kind, MetadataDraft metadata, Fields root, Violations faults) {
    try (Fields spec = kind == Kind.PROJECT ? root.optionalObject("spec") : root.object("spec")) {
      return switch (kind) {
        case PROJECT -> new ProjectDraft(metadata);
        case ENTITY -> EntityDraft.read(metadata, spec, faults);
        case EVENT_SOURCE -> EventSourceDraft.read(metadata, spec, faults);
        case FEATURE_VIEW -> FeatureViewDraft.read(metadata, spec, faults);
        case ON_DEMAND_FEATURE_VIEW -> OnDemandDraft.read(metadata, spec, faults);
        case FEATURE_SERVICE -> FeatureServiceDraft.read(metadata, spec, faults);
      };
    }
  }

  private static List<String> kindNames() {
    return Arrays.stream(Kind.values()).map(Kind::wireName).toList();
  }

  /** A document of no known kind: only its metadata can be judged. */
  record UnknownDraft(MetadataDraft metadata) implements Draft {
    @Override
    public void bind(Catalog catalog, Violations faults) {
      metadata.knownProject(catalog, faults);
    }

    @Override
    public Accepted accepted() {
      throw new IllegalStateException("a document without a kind has a fault");
    }
  }

  /** A project. */
  record ProjectDraft(MetadataDraft metadata) implements Draft {
    @Override
    public void bind(Catalog catalog, Violations faults) {}

    @Override
    public Accepted accepted() {
      return Accepted.unplanned(new Project(metadata.complete()));
    }
  }

  /** What a draft without a fault must have. */
  static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a draft with a fault was taken for one without");
    }
    return value;
  }
}
