package io.freshet.platform.reconcile.flink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real Flink session cluster with its REST endpoint, in this JVM. */
public final class SessionCluster implements AutoCloseable {
  private static final int SLOTS = 4;

  private final Path folder;
  private final int port;
  private @Nullable MiniCluster cluster;

  private SessionCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts a cluster that keeps uploaded jars in a folder. */
  public static SessionCluster start(Path folder) throws Exception {
    SessionCluster started = new SessionCluster(folder, freePort());
    started.start();
    return started;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public FlinkRest client() {
    return new FlinkRest(address(), Duration.ofSeconds(30));
  }

  /** Forgets all jobs, as a cluster does whose JobManager was killed. */
  public void restart() throws Exception {
    close();
    start();
  }

  public void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
    configuration.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
    configuration.set(RestOptions.PORT, port);
    configuration.set(RestOptions.BIND_PORT, String.valueOf(port));
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
    configuration.set(WebOptions.UPLOAD_DIR, folder.toString());
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    MiniCluster started =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    started.start();
    cluster = started;
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(FlinkException.class)
        .until(() -> client().overview().taskManagers() == 1 && hasLeader());
  }

  /** The overview can answer while the leader that takes jars is still being elected. */
  private boolean hasLeader() throws IOException, InterruptedException {
    HttpRequest jars = HttpRequest.newBuilder(address().resolve("/jars")).build();
    return HttpClient.newHttpClient().send(jars, BodyHandlers.discarding()).statusCode() == 200;
  }

  @Override
  public void close() {
    if (cluster != null) {
      cluster.closeAsync().join();
      cluster = null;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
