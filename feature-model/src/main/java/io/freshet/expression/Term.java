package io.freshet.expression;

import org.jspecify.annotations.Nullable;

/**
 * A part of an expression that is simple enough to do without CEL. It has the value that CEL's
 * runtime gives it, and none (null) where a column that it needs is null: {@code true || x} does
 * without x, {@code false || x} does not.
 */
sealed interface Term {
  @Nullable Object value(@Nullable Object[] row);

  /** A literal. */
  record Literal(Object constant) implements Term {
    @Override
    public Object value(@Nullable Object[] row) {
      return constant;
    }
  }

  /** A column, by its index. */
  record ColumnValue(int column) implements Term {
    @Override
    public @Nullable Object value(@Nullable Object[] row) {
      return row[column];
    }
  }

  /** One value against another. */
  record Comparison(Relation relation, Term left, Term right) implements Term {
    @Override
    public @Nullable Object value(@Nullable Object[] row) {
      Object first = left.value(row);
      Object second = right.value(row);
      return (first == null || second == null) ? null : relation.holds(first, second);
    }
  }

  /** {@code !a}. */
  record Negation(Term operand) implements Term {
    @Override
    public @Nullable Object value(@Nullable Object[] row) {
      Object value = operand.value(row);
      return value == null ? null : !((Boolean) value);
    }
  }

  /**
   * {@code a && b} or {@code a || b}.
   *
   * @param decisive the value of either side that is the result whatever the other side is
   */
  record Junction(Boolean decisive, Term left, Term right) implements Term {
    @Override
    public @Nullable Object value(@Nullable Object[] row) {
      Object first = left.value(row);
      if (decisive.equals(first)) {
        return first;
      }
      Object second = right.value(row);
      return (first == null && !decisive.equals(second)) ? null : second;
    }
  }

  /** {@code a ? b : c}. */
  record Choice(Term condition, Term then, Term otherwise) implements Term {
    @Override
    public @Nullable Object value(@Nullable Object[] row) {
      Object chosen = condition.value(row);
      if (chosen == null) {
        return null;
      }
      return (Boolean) chosen ? then.value(row) : otherwise.value(row);
    }
  }
}
