package io.freshet.store.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Two connections to one server, so that a lookup never waits behind a batch of writes. A lost
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

  private final ClientResources resources;
  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> reads;
  private final StatefulRedisConnection<byte[], byte[]> writes;

  private RedisLink(
      ClientResources resources,
      RedisClient client,
      StatefulRedisConnection<byte[], byte[]> reads,
      StatefulRedisConnection<byte[], byte[]> writes) {
    this.resources = resources;
    this.client = client;
    this.reads = reads;
    this.writes = writes;
  }

  static RedisLink open(RedisURI uri, RedisSettings settings, Failures failures) {
    ClientResources resources =
        DefaultClientResources.builder()
            .reconnectDelay(
                Delay.exponential(
                    FIRST_RECONNECT, settings.maxReconnectDelay(), 2, TimeUnit.MILLISECONDS))
            .build();
    RedisClient client = RedisClient.create(resources, uri);
    client.setOptions(options(settings));
    try {
      return new RedisLink(
          resources,
          client,
          client.connect(ByteArrayCodec.INSTANCE),
          client.connect(ByteArrayCodec.INSTANCE));
    } catch (RedisException e) {
      release(client, resources);
      throw failures.opening(e);
    }
  }

  StatefulRedisConnection<byte[], byte[]> reads() {
    return reads;
  }

  StatefulRedisConnection<byte[], byte[]> writes() {
    return writes;
  }

  /** Ends what is under way with an error and frees connections and threads. */
  @Override
  public void close() {
    reads.close();
    writes.close();
    release(client, resources);
  }

  private static ClientOptions options(RedisSettings settings) {
    return ClientOptions.builder()
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .maintNotificationsConfig(MaintNotificationsConfig.disabled())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .keepAlive(KEEP_ALIVE)
                .build())
        .build();
  }

  private static void release(RedisClient client, ClientResources resources) {
    client.shutdown(Duration.ZERO, CLOSING);
    resources
        .shutdown(0, CLOSING.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSING.toMillis());
  }
}
