package io.freshet.store.redis;

import io.freshet.error.ErrorCategory;

/**
 * What follows from a failure. Nothing is dropped: a write is done, repeated, or fails its task.
 */
enum Consequence {
  /** It may pass by itself: whoever wrote repeats the same, after a pause that grows. */
  RETRY(ErrorCategory.UNAVAILABLE),
  /** Another server is the one to ask: the store finds it, then as {@link #RETRY}. */
  REROUTE(ErrorCategory.UNAVAILABLE),
  /** It stays until somebody changes something: whoever wrote gives up at once and says what. */
  FATAL(ErrorCategory.INTERNAL);

  private final ErrorCategory category;

  Consequence(ErrorCategory category) {
    this.category = category;
  }

  /** How a caller is told. */
  ErrorCategory category() {
    return category;
  }
}
