package io.freshet.definition;

import java.util.Optional;

/**
 * The kinds of definitions, by the names that documents and addresses use; each after those that it
 * refers to.
 */
public enum Kind {
  PROJECT("Project", "projects"),
  ENTITY("Entity", "entities"),
  EVENT_SOURCE("EventSource", "sources"),
  FEATURE_VIEW("FeatureView", "views"),
  ON_DEMAND_FEATURE_VIEW("OnDemandFeatureView", "on-demand-views"),
  FEATURE_SERVICE("FeatureService", "services");

  private final String wireName;
  private final String plural;

  Kind(String wireName, String plural) {
    this.wireName = wireName;
    this.plural = plural;
  }

  /** The name in a document's {@code kind}: {@code FeatureView}. */
  public String wireName() {
    return wireName;
  }

  /** The name in an address: {@code views}. */
  public String plural() {
    return plural;
  }

  public static Optional<Kind> ofWireName(String name) {
    for (Kind kind : values()) {
      if (kind.wireName.equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  public static Optional<Kind> ofPlural(String plural) {
    for (Kind kind : values()) {
      if (kind.plural.equals(plural)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
