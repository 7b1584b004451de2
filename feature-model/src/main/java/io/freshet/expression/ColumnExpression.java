package io.freshet.expression;

import io.freshet.value.ValueType;
import org.jspecify.annotations.Nullable;

/** A bare column name: the fast path that needs no CEL. */
record ColumnExpression(int column, ValueType type) implements Expression {
  @Override
  public @Nullable Object evaluate(@Nullable Object[] row) {
    return row[column];
  }
}
