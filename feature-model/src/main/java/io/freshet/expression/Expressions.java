package io.freshet.expression;

import io.freshet.value.Column;
import java.util.List;

/** Compiles expressions. */
public final class Expressions {
  private Expressions() {}

  /**
   * Compiles an expression over the columns of a source. An int64 is CEL's int, a float64 its
   * double, a timestamp its timestamp; int and double are compared by {@code <}, {@code <=}, {@code
   * >} and {@code >=} as they are, and must be converted for everything else.
   *
   * @param text CEL over the columns, or a bare column name
   * @throws InvalidExpressionException if it does not compile, exceeds a limit of {@link
   *     CelEnvironment} or has no type of {@link io.freshet.value.ValueType}, with every reason
   */
  public static Expression compile(String text, List<Column> columns) {
    String trimmed = text.strip();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(trimmed)) {
        return new ColumnExpression(i, columns.get(i).type());
      }
    }
    return CelEnvironment.of(columns).compile(trimmed);
  }
}
