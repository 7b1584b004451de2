package io.freshet.plan;

import io.freshet.value.ValueType;
import io.freshet.window.Window;

/**
 * A windowed feature.
 *
 * @param input the index in {@link BoundView#inputs()}, or {@link #NO_INPUT} for a count of events
 * @param resultType the type of the feature's value
 */
public record FeaturePlan(
    String name, Aggregation aggregation, int input, Window window, ValueType resultType) {
  public static final int NO_INPUT = -1;
}
