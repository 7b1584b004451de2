package io.freshet.store.redis;

import static io.freshet.store.redis.Consequence.FATAL;
import static io.freshet.store.redis.Consequence.REROUTE;
import static io.freshet.store.redis.Consequence.RETRY;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The error replies of Redis: what follows from each and what is to be done. The names are Redis's
 * codes. The server has done nothing of a command that it answers with one of them.
 */
enum ServerError {
  LOADING(RETRY, "wait until the server has loaded its data"),
  OOM(RETRY, "raise the server's maxmemory or shorten the views' ttl"),
  BUSY(RETRY, "wait for the script that keeps the server busy or kill it"),
  TRYAGAIN(RETRY, "wait until the slot has moved"),
  CLUSTERDOWN(RETRY, "bring the cluster's missing nodes back"),
  MASTERDOWN(RETRY, "wait for the failover or start the master"),
  MISCONF(RETRY, "see the server's log for why it cannot save to disk"),
  NOREPLICAS(RETRY, "bring the server's replicas back"),
  NOSCRIPT(RETRY, "stop what keeps flushing the server's scripts"),
  MOVED(REROUTE, "give the address as redis-cluster:// if it is a cluster's"),
  ASK(REROUTE, "give the address as redis-cluster:// if it is a cluster's"),
  READONLY(REROUTE, "wait for the failover or give the address of the master"),
  NOPERM(FATAL, "allow the user hmget, hget, hset, pttl, pexpire, evalsha and eval on f:* and p:*"),
  NOAUTH(FATAL, "give user and password in the address"),
  WRONGPASS(FATAL, "correct user and password in the address"),
  WRONGTYPE(FATAL, "keep f:* and p:* for Freshet or give it its own database"),
  CROSSSLOT(FATAL, "give the address as redis-cluster://"),
  /** Anything else, a failing script included. */
  ERR(FATAL, "check that the server is Redis 6.2 or later and that f:* and p:* are Freshet's");

  /** A code stands at the start of a reply; within a script Redis 6.2 gives it after a dash. */
  private static final Pattern CODE = Pattern.compile("(?:^|\\s-|: )([A-Z]{3,})\\b");

  private static final Map<String, ServerError> BY_CODE = new HashMap<>();

  static {
    for (ServerError error : values()) {
      BY_CODE.put(error.name(), error);
    }
  }

  private final Consequence consequence;
  private final String remedy;

  ServerError(Consequence consequence, String remedy) {
    this.consequence = consequence;
    this.remedy = remedy;
  }

  /** The error that a reply names; of several codes in it the one that says most. */
  static ServerError in(String reply) {
    Matcher matcher = CODE.matcher(reply);
    while (matcher.find()) {
      ServerError error = BY_CODE.get(matcher.group(1));
      if (error != null && error != ERR) {
        return error;
      }
    }
    return ERR;
  }

  /** The error that a command failed with; empty if the server has not answered it. */
  static Optional<ServerError> of(Throwable failure) {
    return Failures.reply(failure).map(ServerError::in);
  }

  Consequence consequence() {
    return consequence;
  }

  String remedy() {
    return remedy;
  }
}
