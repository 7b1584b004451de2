package io.freshet.servers.testing;

import com.github.dockerjava.api.DockerClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;

/**
 * A server in a container, with a fixed port of 127.0.0.1 so that it is the same after a restart.
 */
final class ServerContainer implements TestServer {
  private static final Duration START_DEADLINE = Duration.ofSeconds(90);
  private final GenericContainer<?> container;
  private final Callable<Boolean> ready;

  /**
   * @param inside the port that the server listens on inside the container
   * @param ready whether the server serves
   */
  ServerContainer(GenericContainer<?> container, int port, int inside, Callable<Boolean> ready) {
    this.container = container;
    this.ready = ready;
    container.setPortBindings(List.of("127.0.0.1:" + port + ":" + inside));
    container.withImagePullPolicy(name -> false);
  }

  @Override
  public void start() {
    if (container.getContainerId() == null) {
      container.start();
    } else if (!container.isRunning()) {
      docker().startContainerCmd(container.getContainerId()).exec();
    }
    Awaitility.await()
        .atMost(START_DEADLINE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(ready);
  }

  @Override
  public void stop() {
    docker().stopContainerCmd(container.getContainerId()).exec();
    awaitEnd();
  }

  @Override
  public void kill() {
    docker().killContainerCmd(container.getContainerId()).exec();
    awaitEnd();
  }

  @Override
  public void close() {
    container.stop();
  }

  private void awaitEnd() {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !container.isRunning());
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }
}
