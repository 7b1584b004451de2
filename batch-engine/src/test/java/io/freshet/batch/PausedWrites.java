package io.freshet.batch;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

/** Lets a Redis answer no command that writes, until it is closed: a run stays where it serves. */
final class PausedWrites implements AutoCloseable {
  private static final String LONG_ENOUGH_MILLIS = "120000";

  private final RedisClient client;

  private PausedWrites(RedisClient client) {
    this.client = client;
  }

  static PausedWrites of(String uri) {
    PausedWrites paused = new PausedWrites(RedisClient.create(uri));
    paused.call("PAUSE", LONG_ENOUGH_MILLIS, "WRITE");
    return paused;
  }

  private void call(String... words) {
    CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
    for (String word : words) {
      arguments.add(word);
    }
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection
          .sync()
          .dispatch(CommandType.CLIENT, new StatusOutput<>(StringCodec.UTF8), arguments);
    }
  }

  @Override
  public void close() {
    call("UNPAUSE");
    client.shutdown();
  }
}
