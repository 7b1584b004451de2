package io.freshet.error;

import org.jspecify.annotations.Nullable;

/** The root of Freshet's errors. Messages read "Cannot X: reason, value, remedy". */
public class FreshetException extends RuntimeException {
  private final ErrorCategory category;

  public FreshetException(ErrorCategory category, String message) {
    this(category, message, null);
  }

  public FreshetException(ErrorCategory category, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.category = category;
  }

  public final ErrorCategory category() {
    return category;
  }
}
