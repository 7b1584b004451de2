package io.freshet.expression;

import io.freshet.value.ValueType;
import org.jspecify.annotations.Nullable;

/** An expression over the columns of a source, ready to be evaluated. Thread-safe. */
public interface Expression {
  ValueType type();

  /**
   * @param row one value a column of the source's schema, in its order
   * @return a value of {@link #type()}'s Java class, or null where an optional column that it needs
   *     is null
   * @throws ExpressionFailedException if it has no value for this row, such as a division by zero
   */
  @Nullable Object evaluate(@Nullable Object[] row);
}
