package io.freshet.expression;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;

/** An expression that is valid but has no value for one event. */
public final class ExpressionFailedException extends FreshetException {
  private final String reason;

  public ExpressionFailedException(String expression, Throwable cause) {
    super(
        ErrorCategory.USER,
        "Cannot evaluate \"" + expression + "\" on this event: " + cause.getMessage(),
        cause);
    this.reason = String.valueOf(cause.getMessage());
  }

  /** What went wrong, without the expression. */
  public String reason() {
    return reason;
  }
}
