package io.freshet.platform.reconcile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stops with a savepoint that were asked of an attempt.
 *
 * @param number how many so far; each has its own trigger and folder
 * @param notBefore when the next one may be asked for after a failure, or null
 */
public record Stop(int number, @Nullable Instant notBefore) {
  static final Stop NONE = new Stop(0, null);

  boolean mayFollowAt(Instant now) {
    return notBefore == null || !now.isBefore(notBefore);
  }
}
