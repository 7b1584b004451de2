package io.freshet.local.demo;

import io.freshet.local.Freshet;
import io.freshet.local.platform.DataFolder;
import io.freshet.local.supervisor.PlatformStatus;
import io.freshet.servers.testing.FreePorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./freshet} without its build: the launcher as a process, on ports and data of a test. */
final class Launcher {
  private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
  private final Path folder;
  private final List<String> options;
  private final Map<String, String> settings;

  /** What a command said and how it ended. */
  record Outcome(int exit, String output) {}

  Launcher(Path folder) {
    this(folder, Map.of());
  }

  /**
   * @param settings of the control plane, as environment variables: {@code FRESHET_PART_KEY}
   */
  Launcher(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = Map.copyOf(settings);
    int[] free = FreePorts.find(5);
    this.options =
        List.of(
            "--home=" + HOME,
            "--data=" + folder.resolve("data"),
            "--ignore-memory",
            "--api-port=" + free[0],
            "--kafka-port=" + free[1],
            "--kafka-controller-port=" + free[2],
            "--redis-port=" + free[3],
            "--flink-port=" + free[4],
            "--flink-internal-port=" + FreePorts.findRow(6));
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.add(Freshet.class.getName());
    command.addAll(List.of(arguments));
    command.addAll(options);
    return outcomeOf(command);
  }

  /**
   * Runs an example with a new folder among the platform's tables.
   *
   * @param name of its folder in {@code docs/examples}
   */
  Outcome runExample(String name) throws IOException, InterruptedException {
    Path script = HOME.resolve("docs/examples").resolve(name).resolve("run");
    Path tables = data().tables().resolve(name).toAbsolutePath();
    return outcomeOf(List.of(script.toString(), status().api(), tables.toString()));
  }

  private Outcome outcomeOf(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(settings);
    Process process = builder.start();
    if (!process.waitFor(8, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("it did not end: " + Files.readString(output));
    }
    return new Outcome(process.exitValue(), Files.readString(output));
  }

  DataFolder data() {
    return new DataFolder(folder.resolve("data"));
  }

  PlatformStatus status() {
    return PlatformStatus.ofRunning(data()).orElseThrow();
  }

  PlatformStatus.State service(String name) {
    return status().services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String classPath() throws IOException {
    Path build = HOME.resolve("deploy/local/target");
    return build.resolve("classes")
        + File.pathSeparator
        + Files.readString(build.resolve("launcher.classpath")).strip();
  }
}
