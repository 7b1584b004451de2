package io.freshet.platform.reconcile.flink;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import org.jspecify.annotations.Nullable;

/** The cluster did not do what it was asked, or does not answer (category UNAVAILABLE). */
public final class FlinkException extends FreshetException {
  FlinkException(ErrorCategory category, String message, @Nullable Throwable cause) {
    super(category, message, cause);
  }

  /** Whether the cluster answered that it will not, rather than not at all. */
  public boolean isRefusal() {
    return category() != ErrorCategory.UNAVAILABLE;
  }
}
