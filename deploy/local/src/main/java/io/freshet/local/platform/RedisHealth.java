package io.freshet.local.platform;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The server answers a ping, which it refuses while it loads its data. */
final class RedisHealth implements HealthCheck {
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.UTF_8);
  private final int port;

  RedisHealth(int port) {
    this.port = port;
  }

  @Override
  public void ask() throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(2000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
      socket.getOutputStream().write(PING);
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(5), StandardCharsets.UTF_8);
      if (!answer.equals("+PONG")) {
        throw new IOException("it answers " + answer + " to a ping");
      }
    }
  }
}
