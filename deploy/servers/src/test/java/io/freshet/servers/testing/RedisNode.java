package io.freshet.servers.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.servers.RedisExecutable;
import io.freshet.servers.RedisSettings;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A redis-server of the build's dependencies, with settings of its own, and commands to it. */
final class RedisNode implements AutoCloseable {
  private static final String READY = "Ready to accept connections";

  private final int port;
  private final ServerProcess process;

  private RedisNode(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
  }

  /** Makes a server that is to be started. */
  static RedisNode of(int port, List<String> settings) {
    try {
      Path directory = Files.createTempDirectory("freshet-redis-");
      List<String> command =
          new ArrayList<>(
              new RedisSettings(port, directory).command(RedisExecutable.unpackedInto(directory)));
      command.addAll(settings);
      return new RedisNode(port, new ServerProcess(command, directory, READY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a sentinel that is to be started.
   *
   * @param configuration lines of its file, which it rewrites
   */
  static RedisNode sentinel(int port, List<String> configuration) {
    try {
      Path directory = Files.createTempDirectory("freshet-sentinel-");
      Path file = directory.resolve("sentinel.conf");
      List<String> lines = new ArrayList<>(configuration);
      lines.add("port " + port);
      lines.add("bind 127.0.0.1");
      lines.add("dir " + directory);
      Files.write(file, lines);
      String executable = RedisExecutable.unpackedInto(directory).toString();
      return new RedisNode(
          port,
          new ServerProcess(
              List.of(executable, file.toString(), "--sentinel"), directory, "+monitor"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    process.start();
  }

  void kill() {
    process.kill();
  }

  int port() {
    return port;
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /**
   * Sends a command and reads its answer, which is no array.
   *
   * @throws IllegalStateException if it is an error
   */
  String call(String... command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(("*" + command.length + "\r\n").getBytes(UTF_8));
      for (String word : command) {
        byte[] bytes = word.getBytes(UTF_8);
        out.write(("$" + bytes.length + "\r\n").getBytes(UTF_8));
        out.write(bytes);
        out.write("\r\n".getBytes(UTF_8));
      }
      socket.getOutputStream().write(out.toByteArray());
      return answer(new BufferedInputStream(socket.getInputStream()), command[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private String answer(InputStream in, String command) throws IOException {
    String head = line(in);
    String rest = head.substring(1);
    return switch (head.charAt(0)) {
      case '+', ':' -> rest;
      case '$' -> new String(in.readNBytes(Integer.parseInt(rest)), UTF_8);
      default -> throw new IllegalStateException(command + " at " + uri() + " says " + head);
    };
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server ended the connection after \"" + line + "\"");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
