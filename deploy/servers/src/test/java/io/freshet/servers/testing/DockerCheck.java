package io.freshet.servers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether containers can be used at once: a daemon answers on its socket and has the image. It asks
 * the daemon itself, in two seconds at most, because Testcontainers would wait and pull.
 */
final class DockerCheck {
  private static final int DEADLINE_SECONDS = 2;
  private final Path socket;

  DockerCheck() {
    this(Path.of(System.getenv().getOrDefault("FRESHET_DOCKER_SOCKET", "/var/run/docker.sock")));
  }

  DockerCheck(Path socket) {
    this.socket = socket;
  }

  /** Why containers cannot be used; empty if they can. */
  Optional<String> faultOf(String image) {
    if (System.getenv().getOrDefault("FRESHET_TEST_SERVERS", "").equals("embedded")) {
      return Optional.of("FRESHET_TEST_SERVERS asks for it");
    }
    if (!Files.exists(socket)) {
      return Optional.of("there is no Docker daemon at " + socket);
    }
    if (!hasTestcontainers()) {
      return Optional.of("Testcontainers is not on the class path");
    }
    if (!Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))) {
      return Optional.of("TESTCONTAINERS_RYUK_DISABLED is not set, and nothing is pulled");
    }
    return faultOfImage(image);
  }

  private Optional<String> faultOfImage(String image) {
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> statusOf("/images/" + image + "/json"));
    try {
      String status = answer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      return status.contains(" 200 ")
          ? Optional.empty()
          : Optional.of("the Docker daemon has no image " + image);
    } catch (TimeoutException e) {
      return Optional.of("the Docker daemon did not answer in " + DEADLINE_SECONDS + " s");
    } catch (ExecutionException e) {
      return Optional.of("the Docker daemon did not answer: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the question was interrupted");
    }
  }

  /** The first line of the daemon's answer. */
  private String statusOf(String path) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String request = "GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
      ByteBuffer head = ByteBuffer.allocate(64);
      while (head.hasRemaining() && channel.read(head) >= 0) {}
      return new String(head.array(), 0, head.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasTestcontainers() {
    try {
      Class.forName(
          "org.testcontainers.containers.GenericContainer",
          false,
          DockerCheck.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
