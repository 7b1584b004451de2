package io.freshet.store.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;

/** A plain client beside the store's, which looks into the server and brings it into trouble. */
record RedisAdmin(RedisClient client, StatefulRedisConnection<byte[], byte[]> connection)
    implements AutoCloseable {
  static RedisAdmin of(String uri) {
    RedisClient client = RedisClient.create(uri);
    return new RedisAdmin(client, client.connect(ByteArrayCodec.INSTANCE));
  }

  RedisCommands<byte[], byte[]> commands() {
    return connection.sync();
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
