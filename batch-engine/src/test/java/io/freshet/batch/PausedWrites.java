package io.freshet.batch;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.concurrent.Callable;

/** Lets a Redis answer no command that writes, so that a run stays where it serves rows. */
final class PausedWrites {
  private static final String LONG_ENOUGH_MILLIS = "120000";

  private PausedWrites() {}

  /**
   * Does something while the server takes no writes; it takes them all afterwards.
   *
   * @param uri of the server
   */
  static <T> T during(String uri, Callable<T> work) throws Exception {
    RedisClient client = RedisClient.create(uri);
    try {
      call(client, "PAUSE", LONG_ENOUGH_MILLIS, "WRITE");
      try {
        return work.call();
      } finally {
        call(client, "UNPAUSE");
      }
    } finally {
      client.shutdown();
    }
  }

  private static void call(RedisClient client, String... words) {
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
}
