package io.freshet.store.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;

/** A connection to one server, or to the one that Sentinel names. */
final class ServerWire implements Wire {
  private static final int ONLY_SLOT = 0;

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final Pace reconnects = new Pace(Duration.ofSeconds(1));

  ServerWire(StatefulRedisConnection<byte[], byte[]> connection) {
    this.connection = connection;
  }

  @Override
  public void send(List<? extends SentCommand<?>> commands) {
    connection.dispatch(commands);
  }

  @Override
  public void follow(List<? extends SentCommand<?>> commands) {
    send(commands);
  }

  @Override
  public List<Destination> servers() {
    return List.of(connection::dispatch);
  }

  /**
   * Lets the server end the connection. It is opened again at once, for which the host's name is
   * looked up and Sentinel is asked anew.
   */
  @Override
  public void reroute() {
    if (reconnects.isDue()) {
      connection.dispatch(
          new Command<>(CommandType.QUIT, new StatusOutput<>(ByteArrayCodec.INSTANCE)));
    }
  }

  @Override
  public int slotOf(byte[] key) {
    return ONLY_SLOT;
  }

  @Override
  public void close() {
    connection.close();
  }
}
