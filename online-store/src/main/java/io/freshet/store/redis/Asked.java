package io.freshet.store.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.function.Supplier;

/**
 * A question for some fields of a hash, which can be asked again. For one thread.
 *
 * @param <O> what takes the answer of type {@code T}
 */
final class Asked<T, O extends CommandOutput<byte[], byte[], T>> {
  private final byte[] key;
  private final byte[][] fields;
  private final Supplier<O> outputs;
  private O answer;
  private SentCommand<T> command;

  Asked(byte[] key, byte[][] fields, Supplier<O> outputs) {
    this.key = key;
    this.fields = fields;
    this.outputs = outputs;
    this.answer = outputs.get();
    this.command = hmget(key, fields, answer);
  }

  /** Makes a new command of the question. */
  void renew() {
    answer = outputs.get();
    command = hmget(key, fields, answer);
  }

  SentCommand<T> command() {
    return command;
  }

  /** The answer; only once the command has succeeded. */
  O answer() {
    return answer;
  }

  private static <T> SentCommand<T> hmget(
      byte[] key, byte[][] fields, CommandOutput<byte[], byte[], T> output) {
    CommandArgs<byte[], byte[]> args =
        new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key).addValues(fields);
    return new SentCommand<>(new Command<>(CommandType.HMGET, output, args));
  }
}
