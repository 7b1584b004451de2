package io.freshet.platform.web;

import io.freshet.error.FreshetException;
import java.util.Locale;

/** How a request ended, as metrics count it. */
public enum Outcome {
  OK,
  USER_ERROR,
  UNAVAILABLE,
  ERROR;

  public static Outcome of(RuntimeException failure) {
    if (failure instanceof FreshetException known) {
      return switch (known.category()) {
        case USER -> USER_ERROR;
        case UNAVAILABLE, UNKNOWN_OUTCOME -> UNAVAILABLE;
        case INTERNAL -> ERROR;
      };
    }
    return ERROR;
  }

  /** The value of the label {@code outcome}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
