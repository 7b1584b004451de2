package io.freshet.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.freshet.store.EntityRef;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.KeyScanOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Goes through the keys of every server with SCAN, a thousand at a time, so that none of them is
 * held up. A key whose slot moves meanwhile may be passed over.
 */
final class KeyScan {
  private static final long KEYS_A_CALL = 1_000;
  private static final String SPECIAL = "*?[]\\";

  private final Wire wire;
  private final Failures failures;
  private final Duration timeout;

  /**
   * @param timeout of each call
   */
  KeyScan(Wire wire, Failures failures, Duration timeout) {
    this.wire = wire;
    this.failures = failures;
    this.timeout = timeout;
  }

  List<EntityRef> entities(String project, String entity, Predicate<byte[]> wanted, int most) {
    String action = "look for entities of kind " + entity;
    byte[] prefix = RedisLayout.entityPrefix(project, entity);
    byte[] pattern = pattern(prefix);
    Set<EntityRef> found = new LinkedHashSet<>();
    for (Destination server : wire.servers()) {
      String cursor = "0";
      do {
        KeyScanCursor<byte[]> page = page(action, server, cursor, pattern);
        for (byte[] key : page.getKeys()) {
          byte[] own = Arrays.copyOfRange(key, prefix.length, key.length);
          if (wanted.test(own)) {
            found.add(new EntityRef(project, entity, own));
          }
        }
        if (found.size() > most) {
          throw failures.tooMany(action, most);
        }
        cursor = page.getCursor();
      } while (!cursor.equals("0"));
    }
    return List.copyOf(found);
  }

  private KeyScanCursor<byte[]> page(
      String action, Destination server, String cursor, byte[] pattern) {
    CommandArgs<byte[], byte[]> args =
        new CommandArgs<>(ByteArrayCodec.INSTANCE)
            .add(cursor)
            .add(CommandKeyword.MATCH)
            .add(pattern)
            .add(CommandKeyword.COUNT)
            .add(KEYS_A_CALL);
    SentCommand<KeyScanCursor<byte[]>> command =
        new SentCommand<>(
            new Command<>(CommandType.SCAN, new KeyScanOutput<>(ByteArrayCodec.INSTANCE), args));
    try {
      server.send(command);
      command.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (!command.isDone()) {
        throw failures.lateRead(action, timeout);
      }
      Throwable failure = command.failure();
      if (failure != null) {
        throw failures.refused(action, failure);
      }
      return command.join();
    } catch (RedisCommandInterruptedException e) {
      throw failures.interrupted(action, e);
    } finally {
      command.cancel();
    }
  }

  /** Of all keys that begin so. */
  private static byte[] pattern(byte[] prefix) {
    ByteArrayOutputStream pattern = new ByteArrayOutputStream();
    for (byte b : prefix) {
      if (SPECIAL.indexOf(b) >= 0) {
        pattern.write('\\');
      }
      pattern.write(b);
    }
    pattern.writeBytes("*".getBytes(US_ASCII));
    return pattern.toByteArray();
  }
}
