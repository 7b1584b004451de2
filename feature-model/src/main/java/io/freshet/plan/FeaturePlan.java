package io.freshet.plan;

import io.freshet.value.FeatureType;
import io.freshet.window.Window;

/**
 * A feature of a view.
 *
 * @param input the index in {@link BoundView#inputs()}, or {@link #NO_INPUT} for a count of events
 * @param window {@link Window#LIFETIME} for all events of the key
 * @param resultType the type of the feature's value
 */
public record FeaturePlan(
    String name,
    Aggregation aggregation,
    Parameters parameters,
    int input,
    Window window,
    FeatureType resultType) {
  public static final int NO_INPUT = -1;

  /** A feature of an aggregation without parameters. */
  public FeaturePlan(
      String name, Aggregation aggregation, int input, Window window, FeatureType resultType) {
    this(name, aggregation, Parameters.NONE, input, window, resultType);
  }
}
