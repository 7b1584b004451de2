package io.freshet.store.redis;

import io.freshet.error.ErrorCategory;
import io.freshet.store.OnlineStoreException;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the store is.
 *
 * @param topology how its servers are arranged
 * @param uris of the server, of some nodes of the cluster, or the one that names all sentinels
 * @param shown the hosts and ports, without credentials
 */
record RedisAddress(Topology topology, List<RedisURI> uris, String shown) {
  private static final String CLIENT_NAME = "freshet";

  /** How servers are arranged. */
  enum Topology {
    SERVER,
    SENTINEL,
    CLUSTER
  }

  /**
   * @param address as {@link RedisOnlineStore#open(String, RedisSettings)} takes it
   * @throws OnlineStoreException if it is none
   */
  static RedisAddress parse(String address, Duration timeout) {
    try {
      RedisAddress parsed = parse(address);
      for (RedisURI uri : parsed.uris) {
        uri.setTimeout(timeout);
        uri.setClientName(CLIENT_NAME);
      }
      return parsed;
    } catch (IllegalArgumentException e) {
      throw noAddress(address, e);
    }
  }

  private static RedisAddress parse(String address) {
    int end = address.indexOf("://");
    String scheme = end < 0 ? "" : address.substring(0, end);
    String rest = end < 0 ? "" : address.substring(end + 3);
    return switch (scheme) {
      case "redis", "rediss" -> server(RedisURI.create(address));
      case "redis-sentinel", "rediss-sentinel" -> sentinel(RedisURI.create(address));
      case "redis-cluster" -> cluster("redis://", rest);
      case "rediss-cluster" -> cluster("rediss://", rest);
      default -> throw new IllegalArgumentException("it has no scheme of Redis");
    };
  }

  private static RedisAddress server(RedisURI uri) {
    return new RedisAddress(Topology.SERVER, List.of(uri), shown(List.of(uri)));
  }

  private static RedisAddress sentinel(RedisURI uri) {
    if (uri.getSentinelMasterId() == null) {
      throw new IllegalArgumentException("it names no master");
    }
    String shown = shown(uri.getSentinels()) + "#" + uri.getSentinelMasterId();
    return new RedisAddress(Topology.SENTINEL, List.of(uri), shown);
  }

  /** The nodes share the credentials that are before the first. */
  private static RedisAddress cluster(String scheme, String rest) {
    int at = rest.lastIndexOf('@');
    String credentials = rest.substring(0, at + 1);
    List<RedisURI> uris =
        Arrays.stream(rest.substring(at + 1).split(",", -1))
            .map(node -> RedisURI.create(scheme + credentials + withHost(node)))
            .toList();
    if (uris.stream().anyMatch(uri -> uri.getDatabase() != 0)) {
      throw new IllegalArgumentException("a cluster has no other database than 0");
    }
    return new RedisAddress(Topology.CLUSTER, uris, shown(uris));
  }

  private static String withHost(String node) {
    if (node.isEmpty() || node.startsWith(":")) {
      throw new IllegalArgumentException("a node has no host");
    }
    return node;
  }

  private static String shown(List<RedisURI> uris) {
    return uris.stream()
        .map(uri -> uri.getHost() + ":" + uri.getPort())
        .collect(Collectors.joining(","));
  }

  private static OnlineStoreException noAddress(String address, @Nullable Throwable cause) {
    return new OnlineStoreException(
        ErrorCategory.USER,
        ("Cannot open the online store: \"%s\" is no address, give one like redis://host:port,"
                + " redis-cluster://host:port,host:port or"
                + " redis-sentinel://host:port,host:port#master")
            .formatted(address.replaceAll("//.*@", "//***@")),
        cause);
  }
}
