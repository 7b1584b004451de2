package io.freshet.expression;

import io.freshet.value.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions over the columns of one source. An int64 is CEL's int, a float64 its double,
 * a timestamp its timestamp; int and double are compared by {@code <}, {@code <=}, {@code >} and
 * {@code >=} as they are, and must be converted for everything else. Not thread-safe, unlike the
 * expressions that it makes.
 */
public final class Expressions {
  private final List<Column> columns;
  private @Nullable CelEnvironment environment;

  private Expressions(List<Column> columns) {
    this.columns = columns;
  }

  public static Expressions over(List<Column> columns) {
    return new Expressions(List.copyOf(columns));
  }

  /**
   * Compiles one expression alone; for several, {@link #over} does the work of the columns once.
   *
   * @throws InvalidExpressionException as {@link #compile(String)}
   */
  public static Expression compile(String text, List<Column> columns) {
    return over(columns).compile(text);
  }

  /**
   * Compiles an expression.
   *
   * @param text CEL over the columns, or a bare column name
   * @throws InvalidExpressionException if it does not compile, exceeds a limit of {@link
   *     CelEnvironment} or has no type of {@link io.freshet.value.ValueType}, with every reason
   */
  public Expression compile(String text) {
    String trimmed = text.strip();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(trimmed)) {
        return new TermExpression(new Term.ColumnValue(i), columns.get(i).type());
      }
    }
    if (environment == null) {
      environment = CelEnvironment.of(columns);
    }
    return environment.compile(trimmed);
  }
}
