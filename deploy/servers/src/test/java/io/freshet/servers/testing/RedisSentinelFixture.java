package io.freshet.servers.testing;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A master and its replica, which a real sentinel watches, as processes of the redis-server of the
 * build's dependencies. Not thread-safe.
 */
public final class RedisSentinelFixture implements AutoCloseable {
  private static final String MASTER = "features";
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final RedisNode first;
  private final RedisNode second;
  private final RedisNode sentinel;

  private RedisSentinelFixture(RedisNode first, RedisNode second, RedisNode sentinel) {
    this.first = first;
    this.second = second;
    this.sentinel = sentinel;
  }

  /** Starts them empty; returns once the sentinel knows the replica. */
  public static RedisSentinelFixture start() {
    int[] ports = FreePorts.find(3);
    String watched = "%s 127.0.0.1 %d 1".formatted(MASTER, ports[0]);
    RedisSentinelFixture fixture =
        new RedisSentinelFixture(
            RedisNode.of(ports[0], List.of()),
            RedisNode.of(ports[1], List.of("--replicaof", "127.0.0.1", Integer.toString(ports[0]))),
            RedisNode.sentinel(
                ports[2],
                List.of(
                    "sentinel monitor " + watched,
                    "sentinel down-after-milliseconds " + MASTER + " 2000",
                    "sentinel failover-timeout " + MASTER + " 10000")));
    try {
      fixture.first.start();
      fixture.second.start();
      fixture.sentinel.start();
      Awaitility.await("the sentinel knows the replica")
          .atMost(DEADLINE)
          .until(
              () ->
                  fixture.sentinel.call("INFO", "sentinel").contains("status=ok,")
                      && fixture.sentinel.call("INFO", "sentinel").contains("slaves=1"));
      return fixture;
    } catch (RuntimeException e) {
      fixture.close();
      throw e;
    }
  }

  /** The address, as {@code redis-sentinel://127.0.0.1:port#name}. */
  public String uri() {
    return "redis-sentinel://127.0.0.1:" + sentinel.port() + "#" + MASTER;
  }

  /** The address of the server that is a replica at the start. */
  public String replicaUri() {
    return second.uri();
  }

  /** Makes the replica the master and the master its replica; returns once it is so. */
  public void swapRoles() {
    sentinel.call("SENTINEL", "FAILOVER", MASTER);
    Awaitility.await("the roles are swapped")
        .atMost(DEADLINE)
        .until(
            () ->
                second.call("INFO", "replication").contains("role:master")
                    && first.call("INFO", "replication").contains("role:slave"));
  }

  /** Ends the server that was the master at the start, as {@code kill -9} does. */
  public void killFirst() {
    first.kill();
  }

  @Override
  public void close() {
    sentinel.close();
    second.close();
    first.close();
  }
}
