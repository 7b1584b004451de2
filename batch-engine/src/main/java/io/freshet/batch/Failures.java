package io.freshet.batch;

import io.freshet.error.FreshetException;
import org.jspecify.annotations.Nullable;

/** What a run says about its failure before the stack. */
final class Failures {
  private Failures() {}

  /** The message of Freshet's own error, which Spark may have wrapped; else of the outermost. */
  static String oneLine(Throwable failure) {
    for (Throwable error = failure; error != null; error = error.getCause()) {
      if (error instanceof FreshetException own) {
        return firstLine(own, own.getMessage());
      }
    }
    return firstLine(failure, failure.getMessage());
  }

  private static String firstLine(Throwable failure, @Nullable String message) {
    return message == null
        ? failure.toString()
        : message.lines().findFirst().orElse(failure.toString());
  }
}
