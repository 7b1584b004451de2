package io.freshet.expression;

import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles expressions over the columns of one source, or over other variables. An int64 is CEL's
 * int, a float64 its double, a timestamp its timestamp; int and double are compared by {@code <},
 * {@code <=}, {@code >} and {@code >=} as they are, and must be converted for everything else. Not
 * thread-safe, unlike the expressions that it makes.
 */
public final class Expressions {
  private final String kind;
  private final List<Variable> variables;
  private @Nullable CelEnvironment environment;

  private Expressions(String kind, List<Variable> variables) {
    this.kind = kind;
    this.variables = variables;
  }

  public static Expressions over(List<Column> columns) {
    return new Expressions("columns", columns.stream().map(Variable::of).toList());
  }

  /** Over variables of any type; a row has their values in their order. */
  public static Expressions overVariables(List<Variable> variables) {
    return new Expressions("variables", List.copyOf(variables));
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
   * @param text CEL over the variables, or a bare name of one
   * @throws InvalidExpressionException if it does not compile, exceeds a limit of {@link
   *     CelEnvironment} or has no type of {@link io.freshet.value.ValueType}, with every reason
   */
  public Expression compile(String text) {
    String trimmed = text.strip();
    for (int i = 0; i < variables.size(); i++) {
      FeatureType type = variables.get(i).type();
      if (variables.get(i).name().equals(trimmed) && type.shape() == FeatureType.Shape.SCALAR) {
        return new TermExpression(new Term.ColumnValue(i), type.element());
      }
    }
    if (environment == null) {
      environment = CelEnvironment.of(kind, variables);
    }
    return environment.compile(trimmed);
  }
}
