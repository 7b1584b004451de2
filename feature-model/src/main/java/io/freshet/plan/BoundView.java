package io.freshet.plan;

import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feature view bound to its entity and its source's schema: everything in it is known to be
 * valid. Engines accept bound views only.
 *
 * @param joinKeys the entity's join keys, in its order
 * @param keyColumns the source column of each join key
 * @param filter CEL of type boolean, or null for all events
 * @param inputs the distinct inputs of the features
 * @param ttlMillis how long a row is served after its newest event
 * @param allowedLatenessMillis how far behind the watermark an event still counts
 * @param maxStalenessMillis the freshness that was asked for, or 0 if none was
 * @param featureLogs where the rows that the streaming engine serves are logged; may be none
 * @param shedding null if the view must not be shed
 */
public record BoundView(
    String project,
    String name,
    String entity,
    List<Column> joinKeys,
    String source,
    List<String> keyColumns,
    @Nullable String filter,
    List<InputPlan> inputs,
    List<FeaturePlan> features,
    Delivery delivery,
    long ttlMillis,
    long allowedLatenessMillis,
    long maxStalenessMillis,
    List<FeatureLog> featureLogs,
    @Nullable Shedding shedding) {
  public BoundView {
    joinKeys = List.copyOf(joinKeys);
    keyColumns = List.copyOf(keyColumns);
    inputs = List.copyOf(inputs);
    features = List.copyOf(features);
    featureLogs = List.copyOf(featureLogs);
  }

  /** A view that is not logged and must not be shed. */
  public BoundView(
      String project,
      String name,
      String entity,
      List<Column> joinKeys,
      String source,
      List<String> keyColumns,
      @Nullable String filter,
      List<InputPlan> inputs,
      List<FeaturePlan> features,
      Delivery delivery,
      long ttlMillis,
      long allowedLatenessMillis,
      long maxStalenessMillis) {
    this(
        project,
        name,
        entity,
        joinKeys,
        source,
        keyColumns,
        filter,
        inputs,
        features,
        delivery,
        ttlMillis,
        allowedLatenessMillis,
        maxStalenessMillis,
        List.of(),
        null);
  }

  /** The types of a served row: the newest event's time, then the features in their order. */
  public List<FeatureType> rowTypes() {
    List<FeatureType> types = new ArrayList<>(features.size() + 1);
    types.add(FeatureType.scalar(ValueType.TIMESTAMP));
    features.forEach(feature -> types.add(feature.resultType()));
    return types;
  }

  /** The longest window that decays, or 0 if none does. */
  public long longestWindowMillis() {
    return features.stream()
        .map(FeaturePlan::window)
        .filter(window -> !window.holdsAll())
        .mapToLong(Window::lengthMillis)
        .max()
        .orElse(0);
  }

  /** Whether a feature is over all events of a key. */
  public boolean coversLifetime() {
    return features.stream().anyMatch(feature -> feature.window().holdsAll());
  }
}
