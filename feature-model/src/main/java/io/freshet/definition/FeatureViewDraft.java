package io.freshet.definition;

import io.freshet.error.Violations;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLog;
import io.freshet.plan.Shedding;
import io.freshet.plan.Tier;
import io.freshet.window.Window;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A feature view as far as it could be read; {@link ViewBinder} judges what it refers to. */
final class FeatureViewDraft implements Draft {
  private static final Duration DEFAULT_ALLOWED_LATENESS = Duration.ofMinutes(1);
  private static final Duration LEAST_STALENESS = Duration.ofSeconds(1);
  private static final int MOST_FEATURES = 500;

  final MetadataDraft metadata;
  final @Nullable String entity;
  final @Nullable String source;
  final Map<String, String> joinKeys;
  final @Nullable String filter;
  final List<FeatureDraft> features;
  final FeatureView.Freshness freshness;
  final Delivery delivery;
  final @Nullable Duration ttl;
  final Duration allowedLateness;
  final List<FeatureLog> featureLogs;
  final @Nullable Shedding shedding;
  private @Nullable ViewBinder bound;

  private FeatureViewDraft(MetadataDraft metadata, Fields spec, Violations faults) {
    this.metadata = metadata;
    this.entity = spec.text("entity");
    this.source = spec.text("source");
    this.joinKeys = spec.textMap("joinKeys");
    String filterText = spec.optionalText("filter");
    this.filter = filterText == null ? null : filterText.strip();
    this.features =
        spec.objects("features").stream()
            .map(feature -> FeatureDraft.read(feature, faults))
            .toList();
    this.freshness = freshness(spec, faults);
    Delivery chosen =
        spec.optionalChoice(
            "delivery",
            Delivery::ofWireName,
            Arrays.stream(Delivery.values()).map(Delivery::wireName).toList());
    this.delivery = chosen == null ? Delivery.EXACTLY_ONCE : chosen;
    this.ttl = spec.optionalDuration("ttl");
    this.allowedLateness = spec.optionalDuration("allowedLateness", DEFAULT_ALLOWED_LATENESS);
    this.featureLogs =
        spec.optionalChoices(
            "featureLog",
            FeatureLog::ofWireName,
            Arrays.stream(FeatureLog.values()).map(FeatureLog::wireName).toList());
    this.shedding = shedding(spec, faults);
  }

  static FeatureViewDraft read(MetadataDraft metadata, Fields spec, Violations faults) {
    FeatureViewDraft draft = new FeatureViewDraft(metadata, spec, faults);
    draft.checkFeatures(faults);
    draft.checkTtl(faults);
    return draft;
  }

  @Override
  public void bind(Catalog catalog, Violations faults) {
    ViewBinder binder = new ViewBinder(this, faults);
    binder.bind(catalog);
    bound = binder;
  }

  @Override
  public Accepted accepted() {
    return new Accepted(
        definition(), Optional.ofNullable(bound).map(ViewBinder::boundView), Optional.empty());
  }

  /** How long a row is served; only of a draft without a fault. */
  Duration effectiveTtl() {
    if (ttl != null) {
      return ttl;
    }
    if (features.stream().anyMatch(feature -> feature.window() == null)) {
      return Durations.LONGEST;
    }
    Duration twice = longestWindow().orElse(Duration.ZERO).multipliedBy(2);
    return twice.compareTo(Duration.ofDays(1)) > 0 ? twice : Duration.ofDays(1);
  }

  private FeatureView definition() {
    return new FeatureView(
        metadata.complete(),
        Draft.present(entity),
        Draft.present(source),
        joinKeys,
        filter,
        features.stream().map(FeatureDraft::complete).toList(),
        freshness,
        delivery,
        ttl,
        allowedLateness,
        featureLogs,
        shedding);
  }

  private Optional<Duration> longestWindow() {
    return features.stream()
        .flatMap(feature -> Optional.ofNullable(feature.window()).stream())
        .max(Duration::compareTo);
  }

  private void checkFeatures(Violations faults) {
    if (features.size() > MOST_FEATURES) {
      faults.add(
          "spec.features",
          "Cannot put "
              + features.size()
              + " features into one view: the most is "
              + MOST_FEATURES
              + ", split the view");
    }
    Map<String, String> seen = new HashMap<>();
    for (FeatureDraft feature : features) {
      String earlier =
          feature.name() == null ? null : seen.putIfAbsent(feature.name(), feature.path());
      if (earlier != null) {
        faults.add(
            feature.path() + ".name",
            "Cannot use the name \"" + feature.name() + "\" twice: " + earlier + " has it");
      }
    }
  }

  /** So expiry only ever removes rows whose value is empty already. */
  private void checkTtl(Violations faults) {
    Optional<Duration> longest = longestWindow();
    if (ttl == null || longest.isEmpty()) {
      return;
    }
    long windowMillis = longest.get().toMillis();
    Duration least = Duration.ofMillis(windowMillis + Window.ofMillis(windowMillis).hopMillis());
    if (ttl.compareTo(least) < 0) {
      faults.add(
          "spec.ttl",
          "Cannot expire rows after "
              + Durations.format(ttl)
              + ": the longest window, "
              + Durations.format(longest.get())
              + ", and its hop hold events for "
              + Durations.format(least)
              + ", use that or more");
    }
  }

  private static @Nullable Shedding shedding(Fields spec, Violations faults) {
    boolean sheddable = spec.flag("sheddable");
    Integer priority = spec.optionalInteger("priority", Shedding.LOWEST, Shedding.HIGHEST);
    if (!sheddable && priority != null) {
      faults.add(
          spec.at("priority"),
          "Cannot order a view that must not be shed: set sheddable to true or leave priority out");
    }
    return sheddable ? new Shedding(priority == null ? Shedding.DEFAULT : priority) : null;
  }

  private static FeatureView.Freshness freshness(Fields spec, Violations faults) {
    try (Fields fields = spec.optionalObject("freshness")) {
      Duration maxStaleness = fields.optionalDuration("maxStaleness");
      Tier tier =
          fields.optionalChoice(
              "tier", Tier::ofWireName, Arrays.stream(Tier.values()).map(Tier::wireName).toList());
      if (maxStaleness != null && maxStaleness.compareTo(LEAST_STALENESS) < 0) {
        faults.add(
            fields.at("maxStaleness"),
            "Cannot promise a staleness of "
                + Durations.format(maxStaleness)
                + " at most: the least is 1s");
      }
      if (maxStaleness != null && tier != null) {
        faults.add(
            fields.path(),
            "Cannot declare maxStaleness and tier: one follows from the other, leave one out");
      }
      return new FeatureView.Freshness(maxStaleness, tier);
    }
  }
}
