package io.freshet.store.redis;

import io.freshet.error.ErrorCategory;
import io.freshet.store.OnlineStoreException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failure means to who waits for the store.
 *
 * @param address of the server or servers, without credentials
 */
record Failures(String address) {
  private static final int MAX_CAUSES = 10;

  OnlineStoreException opening(Throwable cause) {
    Optional<ServerError> error = ServerError.of(cause);
    return failure(
        error.map(ServerError::consequence).orElse(Consequence.RETRY).category(),
        "open the online store",
        innermost(cause).getMessage(),
        error.map(ServerError::remedy).orElse("start the server or correct the address"),
        cause);
  }

  /** A command that the server refused, or that was not sent at all: nothing was done. */
  OnlineStoreException refused(String action, Throwable cause) {
    Optional<String> reply = reply(cause);
    if (reply.isEmpty()) {
      return failure(
          Consequence.RETRY.category(),
          action,
          cause.getMessage(),
          "try again when it is back",
          cause);
    }
    ServerError error = ServerError.in(reply.get());
    return failure(error.consequence().category(), action, reply.get(), error.remedy(), cause);
  }

  /** A command that was sent and has no answer: the same again is harmless. */
  OnlineStoreException unanswered(String action, Throwable cause) {
    return failure(
        ErrorCategory.UNKNOWN_OUTCOME, action, cause.getMessage(), "write the same again", cause);
  }

  OnlineStoreException lateRead(String action, Duration timeout) {
    return failure(
        ErrorCategory.UNAVAILABLE,
        action,
        "no answer within " + timeout.toMillis() + " ms",
        "check the server's load or raise readTimeout",
        null);
  }

  OnlineStoreException hanging(String action) {
    return failure(
        ErrorCategory.UNAVAILABLE,
        action,
        "it has left too many reads unanswered",
        "check whether the server hangs",
        null);
  }

  OnlineStoreException lateWrite(String action, Duration timeout) {
    return unanswered(
        action, new RedisCommandTimeoutException("no answer within " + timeout.toMillis() + " ms"));
  }

  OnlineStoreException corrupt(String action, @Nullable String fault) {
    return failure(
        ErrorCategory.INTERNAL,
        action,
        fault,
        "keep f:* and p:* for Freshet and materialize the view again",
        null);
  }

  OnlineStoreException tooMany(String action, int most) {
    return failure(
        ErrorCategory.USER, action, "more than " + most + " are wanted", "want fewer", null);
  }

  OnlineStoreException closed(String action) {
    return failure(ErrorCategory.UNAVAILABLE, action, "it is closed", "open another", null);
  }

  OnlineStoreException interrupted(String action, Throwable cause) {
    return failure(ErrorCategory.UNAVAILABLE, action, "interrupted", "try again", cause);
  }

  private OnlineStoreException failure(
      ErrorCategory category,
      String action,
      @Nullable String reason,
      String remedy,
      @Nullable Throwable cause) {
    return new OnlineStoreException(
        category,
        "Cannot %s: redis at %s: %s, %s".formatted(action, address, reason, remedy),
        cause);
  }

  /** What the server said, if it answered at all. */
  static Optional<String> reply(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
      if (cause instanceof RedisCommandExecutionException) {
        return Optional.ofNullable(cause.getMessage());
      }
    }
    return Optional.empty();
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return cause;
  }
}
