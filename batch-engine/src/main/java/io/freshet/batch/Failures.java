package io.freshet.batch;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import org.jspecify.annotations.Nullable;

/** What a run says about its failure before the stack. */
final class Failures {
  private Failures() {}

  /** The message of Freshet's own error, which Spark may have wrapped; else of the outermost. */
  static String oneLine(Throwable failure) {
    FreshetException own = own(failure);
    return own == null
        ? firstLine(failure, failure.getMessage())
        : firstLine(own, own.getMessage());
  }

  /** 2 if what was asked for is wrong and will be wrong again, else 1. */
  static int exitStatus(Throwable failure) {
    FreshetException own = own(failure);
    return own != null && own.category() == ErrorCategory.USER ? 2 : 1;
  }

  private static @Nullable FreshetException own(Throwable failure) {
    for (Throwable error = failure; error != null; error = error.getCause()) {
      if (error instanceof FreshetException own) {
        return own;
      }
    }
    return null;
  }

  private static String firstLine(Throwable failure, @Nullable String message) {
    return message == null
        ? failure.toString()
        : message.lines().findFirst().orElse(failure.toString());
  }
}
