package io.freshet.plan;

import io.freshet.value.ValueType;

/**
 * A feature that is computed when it is read.
 *
 * @param expression CEL over {@code view.feature}, {@code request.name} and {@code now}
 * @param type of its value
 */
public record OnDemandFeature(String name, String expression, ValueType type) {}
