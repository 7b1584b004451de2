package io.freshet.expression;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;

/** An expression that does not compile against its source's columns or exceeds a limit. */
public final class InvalidExpressionException extends FreshetException {
  public InvalidExpressionException(String message) {
    super(ErrorCategory.USER, message);
  }
}
