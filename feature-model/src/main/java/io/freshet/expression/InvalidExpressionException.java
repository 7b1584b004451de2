package io.freshet.expression;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;

/** An expression that does not compile against its source's columns or exceeds a limit. */
public final class InvalidExpressionException extends FreshetException {
  private final String reason;

  public InvalidExpressionException(String message) {
    super(ErrorCategory.USER, message);
    this.reason = message;
  }

  /** The message: what is wrong, where in the text, and what is known. */
  public String reason() {
    return reason;
  }
}
