package io.freshet.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Asks a Redis server by single lines, as a person with a terminal would. */
record RedisLine(String host, int port) {
  private static final int PATIENCE_MILLIS = 10_000;

  /**
   * @param uri as {@code redis://host:port}
   */
  static RedisLine of(String uri) {
    URI parsed = URI.create(uri);
    return new RedisLine(requireNonNull(parsed.getHost(), uri), parsed.getPort());
  }

  /** The first line of the server's answer, with its sign. */
  String answer(String command) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
      String line =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
      if (line == null || line.startsWith("-")) {
        throw new IOException("Redis answered " + line + " to " + command);
      }
      return line;
    }
  }
}
