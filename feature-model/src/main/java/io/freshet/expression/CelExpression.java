package io.freshet.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import io.freshet.value.ValueType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compiled CEL expression. Reading a column that is null fails inside CEL, so CEL's own rules say
 * whether it was needed: {@code true || x} does without x, {@code false || x} does not.
 */
record CelExpression(
    String text, ValueType type, Map<String, Integer> columns, CelRuntime.Program program)
    implements Expression {
  @Override
  public @Nullable Object evaluate(@Nullable Object[] row) {
    CelVariableResolver values = name -> Optional.of(required(name, row));
    try {
      Object value = program.eval(values);
      // Columns have millisecond precision; the sum of one and a duration need not have.
      return value instanceof Instant instant ? instant.truncatedTo(ChronoUnit.MILLIS) : value;
    } catch (CelEvaluationException e) {
      if (e.getCause() instanceof NullColumnException) {
        return null;
      }
      throw new ExpressionFailedException(text, e);
    }
  }

  private Object required(String name, @Nullable Object[] row) {
    Integer index = columns.get(name);
    Object value = index == null ? null : row[index];
    if (value == null) {
      throw new NullColumnException();
    }
    return value;
  }

  /** Leaves CEL's evaluation; never leaves this class. */
  private static final class NullColumnException extends RuntimeException {
    NullColumnException() {
      super("a column that is needed is null", null, false, false);
    }
  }
}
