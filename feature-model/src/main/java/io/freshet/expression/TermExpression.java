package io.freshet.expression;

import io.freshet.value.ValueType;
import org.jspecify.annotations.Nullable;

/** The fast path: an expression that needs no CEL. */
record TermExpression(Term term, ValueType type) implements Expression {
  @Override
  public @Nullable Object evaluate(@Nullable Object[] row) {
    return term.value(row);
  }
}
