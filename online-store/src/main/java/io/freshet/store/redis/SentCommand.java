package io.freshet.store.redis;

import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A command that knows whether it was ever written to a connection. */
final class SentCommand<T> extends AsyncCommand<byte[], byte[], T> {
  private volatile boolean sent;

  SentCommand(Command<byte[], byte[], T> command) {
    super(command);
  }

  @Override
  public void encode(ByteBuf buffer) {
    sent = true;
    super.encode(buffer);
  }

  /** The slot of its first key. */
  int slot() {
    return SlotHash.getSlot(getArgs().getFirstEncodedKey());
  }

  /** False if the server can not have seen it. */
  boolean sent() {
    return sent;
  }

  /** Why it failed; null if it succeeded. Only for a command that is done. */
  @Nullable Throwable failure() {
    try {
      join();
      return null;
    } catch (CompletionException e) {
      return e.getCause() == null ? e : e.getCause();
    } catch (CancellationException e) {
      return e;
    }
  }
}
