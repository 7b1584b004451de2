package io.freshet.store;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import org.jspecify.annotations.Nullable;

/** The online store did not do what it was asked; the category says whether to try again. */
public final class OnlineStoreException extends FreshetException {
  public OnlineStoreException(ErrorCategory category, String message, @Nullable Throwable cause) {
    super(category, message, cause);
  }
}
