package io.freshet.expression;

import io.freshet.value.Column;
import java.util.List;

/** Compiles expressions. */
public final class Expressions {
  private Expressions() {}

  /**
   * @param text CEL over the columns, or a bare column name
   * @throws InvalidExpressionException if it does not compile, with every reason
   */
  public static Expression compile(String text, List<Column> columns) {
    String trimmed = text.trim();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(trimmed)) {
        return new ColumnExpression(i, columns.get(i).type());
      }
    }
    throw new InvalidExpressionException("Cannot compile \"" + text + "\": no such column");
  }
}
