package io.freshet.servers.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RedisFixtureTest {
  @Test
  void keepsItsDataWhenItIsStoppedAndStartedAgain() throws IOException {
    try (RedisFixture redis = RedisFixture.start()) {
      assertThat(ask(redis, "SET kept water")).isEqualTo("+OK");

      redis.stop();
      redis.restart();

      assertThat(ask(redis, "GET kept")).isEqualTo("$5\r\nwater");
    }
  }

  @Test
  void keepsWritesOlderThanASecondWhenItIsKilled() throws IOException {
    try (RedisFixture redis = RedisFixture.start()) {
      ask(redis, "SET kept water");
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .pollDelay(Duration.ofMillis(1500))
          .until(() -> ask(redis, "INFO persistence").contains("aof_pending_bio_fsync:0"));

      redis.kill();
      redis.restart();

      assertThat(ask(redis, "GET kept")).isEqualTo("$5\r\nwater");
    }
  }

  @Test
  void comesBackWithoutItsDataOnTheSamePort() throws IOException {
    try (RedisFixture redis = RedisFixture.start()) {
      ask(redis, "SET kept water");

      redis.kill();
      redis.restartEmpty();

      assertThat(ask(redis, "GET kept")).isEqualTo("$-1");
    }
  }

  @Test
  void listensOnLoopbackOnly() throws IOException {
    try (RedisFixture redis = RedisFixture.start()) {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        card.inetAddresses()
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .forEach(
                address -> {
                  int port = URI.create(redis.uri()).getPort();
                  assertThatThrownBy(() -> new Socket(address, port).close())
                      .isInstanceOf(IOException.class);
                });
      }
    }
  }

  /** Sends an inline command and returns the answer without its last line end. */
  private static String ask(RedisFixture redis, String command) throws IOException {
    URI uri = URI.create(redis.uri());
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(5000);
      OutputStream out = socket.getOutputStream();
      out.write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(0, answer.length() - "\r\n+OK\r\n".length());
    }
  }
}
