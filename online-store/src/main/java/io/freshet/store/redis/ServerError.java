package io.freshet.store.redis;

import io.freshet.error.ErrorCategory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The error replies of Redis that say what is to be done. */
enum ServerError {
  LOADING(ErrorCategory.UNAVAILABLE, "wait until the server has loaded its data"),
  READONLY(ErrorCategory.UNAVAILABLE, "wait for the failover or give the address of the master"),
  OOM(ErrorCategory.UNAVAILABLE, "raise the server's maxmemory or shorten the views' ttl"),
  MASTERDOWN(ErrorCategory.UNAVAILABLE, "wait for the failover or start the master"),
  CLUSTERDOWN(ErrorCategory.UNAVAILABLE, "bring the cluster's missing nodes back"),
  TRYAGAIN(ErrorCategory.UNAVAILABLE, "wait until the slot has moved"),
  BUSY(ErrorCategory.UNAVAILABLE, "wait for the script that keeps the server busy or kill it"),
  MISCONF(ErrorCategory.UNAVAILABLE, "see the server's log for why it cannot save to disk"),
  NOREPLICAS(ErrorCategory.UNAVAILABLE, "bring the server's replicas back"),
  NOSCRIPT(ErrorCategory.UNAVAILABLE, "stop what keeps flushing the server's scripts"),
  NOPERM(
      ErrorCategory.INTERNAL,
      "allow the user hmget, hget, hset, pttl, pexpire, evalsha and script|load on f:* and p:*"),
  NOAUTH(ErrorCategory.INTERNAL, "give user and password in the address"),
  WRONGPASS(ErrorCategory.INTERNAL, "correct user and password in the address"),
  WRONGTYPE(ErrorCategory.INTERNAL, "keep f:* and p:* for Freshet or give it its own database");

  /** A code stands at the start of a reply; within a script Redis 6.2 gives it after a dash. */
  private static final Pattern CODE = Pattern.compile("(?:^|\\s-|: )([A-Z]{3,})\\b");

  private static final Map<String, ServerError> BY_CODE = new HashMap<>();

  static {
    for (ServerError error : values()) {
      BY_CODE.put(error.name(), error);
    }
  }

  private final ErrorCategory category;
  private final String remedy;

  ServerError(ErrorCategory category, String remedy) {
    this.category = category;
    this.remedy = remedy;
  }

  static Optional<ServerError> in(String reply) {
    Matcher matcher = CODE.matcher(reply);
    while (matcher.find()) {
      ServerError error = BY_CODE.get(matcher.group(1));
      if (error != null) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }

  ErrorCategory category() {
    return category;
  }

  String remedy() {
    return remedy;
  }
}
