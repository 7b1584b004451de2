package io.freshet.store.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Two wires to the servers, so that a lookup never waits behind a batch of writes. A lost
 * connection is opened again in the background; meanwhile commands are refused, not queued.
 */
final class RedisLink implements AutoCloseable {
  private static final Duration FIRST_RECONNECT = Duration.ofMillis(10);
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final KeepAliveOptions KEEP_ALIVE =
      KeepAliveOptions.builder()
          .enable()
          .idle(Duration.ofSeconds(5))
          .interval(Duration.ofSeconds(2))
          .count(3)
          .build();

  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRIGGERED_REFRESHES = Duration.ofSeconds(1);

  private final ClientResources resources;
  private final AbstractRedisClient client;
  private final Wire reads;
  private final Wire writes;

  private RedisLink(
      ClientResources resources, AbstractRedisClient client, Wire reads, Wire writes) {
    this.resources = resources;
    this.client = client;
    this.reads = reads;
    this.writes = writes;
  }

  static RedisLink open(RedisAddress address, RedisSettings settings, Failures failures) {
    ClientResources resources =
        DefaultClientResources.builder()
            .reconnectDelay(
                Delay.exponential(
                    FIRST_RECONNECT, settings.maxReconnectDelay(), 2, TimeUnit.MILLISECONDS))
            .build();
    return switch (address.topology()) {
      case SERVER, SENTINEL -> {
        RedisClient client = RedisClient.create(resources, address.uris().get(0));
        client.setOptions(configured(ClientOptions.builder(), settings).build());
        yield open(
            resources,
            client,
            () -> new ServerWire(client.connect(ByteArrayCodec.INSTANCE)),
            failures);
      }
      case CLUSTER -> {
        RedisClusterClient client = RedisClusterClient.create(resources, address.uris());
        client.setOptions(clusterOptions(settings));
        yield open(
            resources,
            client,
            () -> new ClusterWire(client, client.connect(ByteArrayCodec.INSTANCE)),
            failures);
      }
    };
  }

  private static RedisLink open(
      ClientResources resources,
      AbstractRedisClient client,
      Supplier<Wire> wires,
      Failures failures) {
    try {
      return new RedisLink(resources, client, wires.get(), wires.get());
    } catch (RedisException e) {
      release(client, resources);
      throw failures.opening(e);
    }
  }

  Wire reads() {
    return reads;
  }

  Wire writes() {
    return writes;
  }

  /** Ends what is under way with an error and frees connections and threads. */
  @Override
  public void close() {
    reads.close();
    writes.close();
    release(client, resources);
  }

  private static ClusterClientOptions clusterOptions(RedisSettings settings) {
    ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
    configured(builder, settings);
    return builder
        // A slot may have moved to a node that the last refresh has not seen.
        .validateClusterNodeMembership(false)
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                .adaptiveRefreshTriggersTimeout(BETWEEN_TRIGGERED_REFRESHES)
                .build())
        .build();
  }

  private static ClientOptions.Builder configured(
      ClientOptions.Builder builder, RedisSettings settings) {
    return builder
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .keepAlive(KEEP_ALIVE)
                .build());
  }

  private static void release(AbstractRedisClient client, ClientResources resources) {
    client.shutdown(Duration.ZERO, CLOSING);
    resources
        .shutdown(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSING.toMillis());
  }
}
