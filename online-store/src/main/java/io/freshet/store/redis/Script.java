package io.freshet.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** A Lua script that answers with a count. The server knows it by the SHA-1 of its text. */
enum Script {
  UPSERT("upsert.lua"),
  ADVANCE("advance.lua");

  private final String text;
  private final String sha1;

  Script(String resource) {
    this.text = read(resource);
    this.sha1 = sha1(text);
  }

  /** Runs the script; fails if the server does not know it. */
  SentCommand<Long> call(List<byte[]> keys, List<byte[]> arguments) {
    return command(CommandType.EVALSHA, sha1, keys, arguments);
  }

  /** Runs the script, which the server knows from then on. */
  SentCommand<Long> callWithText(List<byte[]> keys, List<byte[]> arguments) {
    return command(CommandType.EVAL, text, keys, arguments);
  }

  private static SentCommand<Long> command(
      CommandType type, String script, List<byte[]> keys, List<byte[]> arguments) {
    CommandArgs<byte[], byte[]> args =
        new CommandArgs<>(ByteArrayCodec.INSTANCE).add(script).add(keys.size());
    args.addKeys(keys).addValues(arguments);
    return new SentCommand<>(
        new Command<>(type, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args));
  }

  private static String read(String resource) {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in, resource).readAllBytes(), US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot name a script: this JVM has no SHA-1", e);
    }
  }
}
