package io.freshet.plan;

import io.freshet.value.ValueType;

/**
 * An input that features of a view aggregate.
 *
 * @param expression CEL over the source's columns, or a bare column name
 * @param type the type of its value
 */
public record InputPlan(String expression, ValueType type) {}
