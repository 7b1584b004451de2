package io.freshet.batch;

import static org.awaitility.Awaitility.await;

import io.freshet.servers.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real Spark cluster of a master and two workers with one core each, all of them processes of
 * this machine. Executors are children of the workers.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Path BUILD = Path.of("target").toAbsolutePath();
  private static final Duration START_DEADLINE = Duration.ofSeconds(90);
  private static final int WORKERS = 2;

  private final Path folder;
  private final int port;
  private final int uiPort;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneCluster(Path folder, int port, int uiPort) {
    this.folder = folder;
    this.port = port;
    this.uiPort = uiPort;
  }

  /**
   * Starts a cluster and returns once both workers have registered.
   *
   * @param folder of its logs and of what executors work with
   */
  static StandaloneCluster start(Path folder) throws IOException {
    int[] ports = FreePorts.find(2);
    StandaloneCluster cluster = new StandaloneCluster(folder, ports[0], ports[1]);
    try {
      cluster.linkJars();
      cluster.launchMaster();
      for (int i = 0; i < WORKERS; i++) {
        cluster.launchWorker(i);
      }
      await("workers of the cluster")
          .atMost(START_DEADLINE)
          .ignoreExceptions()
          .until(() -> cluster.hasWorkers(WORKERS));
    } catch (IOException | RuntimeException failure) {
      cluster.close();
      throw failure;
    }
    return cluster;
  }

  /** As {@code spark-submit} wants it. */
  String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** The executors that there are now. */
  List<ProcessHandle> executors() {
    return processes.stream().skip(1).flatMap(worker -> worker.toHandle().children()).toList();
  }

  /** Executors are started with the jars of a folder, and with nothing else of a distribution. */
  private void linkJars() throws IOException {
    Path jars = Files.createDirectories(folder.resolve("spark/jars"));
    for (String entry : classpath().split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar")) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
  }

  private void launchMaster() throws IOException {
    launch(
        "master",
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        String.valueOf(port),
        "--webui-port",
        String.valueOf(uiPort));
  }

  private void launchWorker(int number) throws IOException {
    launch(
        "worker-" + number,
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        "127.0.0.1",
        "--webui-port",
        "0",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--work-dir",
        folder.resolve("work-" + number).toString(),
        master());
  }

  private void launch(String name, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + BUILD.resolve("spark.jvm-flags"));
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.add("-Dspark.decommission.enabled=true");
    command.addAll(List.of("-cp", classpath(), program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    processes.add(builder.start());
  }

  static String classpath() throws IOException {
    return Files.readString(BUILD.resolve("spark.classpath")).strip();
  }

  /**
   * Tells a worker that its machine goes, as a cloud's agent does.
   *
   * @param number from 0
   */
  void decommission(int number) throws IOException, InterruptedException {
    long worker = processes.get(1 + number).pid();
    int status = new ProcessBuilder("sh", "-c", "kill -PWR " + worker).start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("kill -PWR says " + status);
    }
  }

  /** Whether the master counts so many workers that take work. */
  boolean hasWorkers(int count) throws IOException, InterruptedException {
    String state =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + uiPort + "/json/")).build(),
                BodyHandlers.ofString())
            .body();
    return state.replace(" ", "").contains("\"aliveworkers\":" + count);
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        processes.stream()
            .flatMap(one -> Stream.concat(one.toHandle().descendants(), Stream.of(one.toHandle())))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }
}
